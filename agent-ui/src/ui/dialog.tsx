import './dialog.css';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { IconButton } from './button.tsx';
import { X } from './icons.ts';

interface DialogProps {
  title: string;
  children: ComponentChildren;
  /** Closed by Escape, the cross or a press outside. Without it the dialog stays until its owner removes it. */
  onClose?: () => void;
}

/** A modal dialog: the browser keeps the focus inside and gives it back at the end. */
export function Dialog({ title, children, onClose }: DialogProps) {
  const frame = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useLayoutEffect(() => {
    const dialog = frame.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  return (
    <dialog
      ref={frame}
      class="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      onKeyDown={(event) => {
        // Chromium closes on a second Escape whatever `cancel` says.
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onClose?.();
      }}
      onClick={(event) => {
        if (event.target === frame.current) onClose?.();
      }}
    >
      <div class="dialog-body">
        <div class="dialog-head">
          <h2 id={titleId} class="dialog-title" dir="auto">
            {title}
          </h2>
          {onClose && (
            <IconButton label="Close dialog" onClick={onClose}>
              <X size={18} />
            </IconButton>
          )}
        </div>
        {children}
      </div>
    </dialog>
  );
}
