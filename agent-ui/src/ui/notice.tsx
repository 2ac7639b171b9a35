import './notice.css';
import type { ComponentChildren } from 'preact';
import { CircleAlert, CircleCheck } from './icons.ts';

interface NoticeProps {
  tone?: 'neutral' | 'good' | 'warn' | 'bad';
  children: ComponentChildren;
}

/** A remark in the page; a bad one is read out at once. */
export function Notice({ tone = 'neutral', children }: NoticeProps) {
  return (
    <div class={`notice notice--${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      {tone === 'good' ? <CircleCheck size={16} /> : <CircleAlert size={16} />}
      <div>{children}</div>
    </div>
  );
}
