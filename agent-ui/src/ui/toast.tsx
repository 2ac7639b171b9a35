import './toast.css';
import type { ComponentChildren } from 'preact';
import { Button, IconButton } from './button.tsx';
import { CircleAlert, CircleCheck, MessageSquare, X } from './icons.ts';

interface ToastProps {
  tone: 'neutral' | 'good' | 'bad';
  title: string;
  detail?: string;
  action?: { label: string; onSelect(): void };
  onDismiss(): void;
}

/** A short word about something that happened elsewhere. */
export function Toast({ tone, title, detail, action, onDismiss }: ToastProps) {
  return (
    <div class="toast">
      <span class={`toast-icon--${tone}`} aria-hidden="true">
        {tone === 'bad' ? (
          <CircleAlert size={18} />
        ) : tone === 'good' ? (
          <CircleCheck size={18} />
        ) : (
          <MessageSquare size={18} />
        )}
      </span>
      <div class="toast-text">
        <div class="toast-title" dir="auto">
          {title}
        </div>
        {detail !== undefined && (
          <div class="toast-detail" dir="auto">
            {detail}
          </div>
        )}
      </div>
      {action && (
        <Button kind="link" onClick={action.onSelect}>
          {action.label}
        </Button>
      )}
      <IconButton label="Dismiss" onClick={onDismiss}>
        <X size={15} />
      </IconButton>
    </div>
  );
}

/** Where toasts stand; what they say is read out by the shell's live region. */
export function ToastStack({ children }: { children: ComponentChildren }) {
  return (
    <section class="toasts" aria-label="Notifications">
      {children}
    </section>
  );
}
