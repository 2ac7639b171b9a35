import './empty-state.css';
import type { ComponentChildren } from 'preact';

interface EmptyStateProps {
  icon: ComponentChildren;
  title: string;
  children?: ComponentChildren;
  action?: ComponentChildren;
}

/** What stands where there is nothing to list: why, and what could be done. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div class="empty-state">
      <div class="empty-state-icon" aria-hidden="true">
        {icon}
      </div>
      <p class="empty-state-title">{title}</p>
      {children !== undefined && <p class="empty-state-text">{children}</p>}
      {action !== undefined && <div class="empty-state-action">{action}</div>}
    </div>
  );
}
