import './badge.css';
import type { ComponentChildren } from 'preact';

interface BadgeProps {
  tone?: 'neutral' | 'accent' | 'good' | 'warn' | 'bad';
  icon?: ComponentChildren;
  children: ComponentChildren;
}

/** A small label: a department, a state. */
export function Badge({ tone = 'neutral', icon, children }: BadgeProps) {
  return (
    <span class={`badge badge--${tone}`}>
      {icon}
      <span class="badge-text" dir="auto">
        {children}
      </span>
    </span>
  );
}

/** A number that asks for attention; `label` says of what, e.g. "3 unread messages". */
export function CountBadge({ count, label }: { count: number; label: string }) {
  return (
    <span class="count-badge">
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span class="visually-hidden">{label}</span>
    </span>
  );
}

/** The dot of a presence status. Decorative: the status stands beside it in words. */
export function PresenceDot({ status }: { status: 'online' | 'away' | 'busy' | 'offline' }) {
  return <span class={`presence-dot presence-dot--${status}`} aria-hidden="true" />;
}
