import './gate-page.css';
import type { ComponentChildren } from 'preact';
import mark from '../../ui/mark.svg';

interface GatePageProps {
  title: string;
  /** A sentence below the title. */
  lead?: ComponentChildren;
  children?: ComponentChildren;
}

/** The frame of the pages before the console: sign in, set up, accept an invitation. */
export function GatePage({ title, lead, children }: GatePageProps) {
  return (
    <main class="gate-page">
      <div class="gate-card">
        <header class="gate-head">
          <img class="gate-mark" src={mark} width={40} height={40} alt="WZATCO" />
          <h1 class="gate-title">{title}</h1>
          {lead !== undefined && <p class="gate-text">{lead}</p>}
        </header>
        {children}
      </div>
    </main>
  );
}
