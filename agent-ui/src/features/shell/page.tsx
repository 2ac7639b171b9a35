import './page.css';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { usePageTitle } from './page-title.ts';

interface PageProps {
  title: string;
  lead: string;
  action?: ComponentChildren;
  children: ComponentChildren;
}

/** A page of settings: its title takes the focus, so that a screen reader hears where it has come. */
export function Page({ title, lead, action, children }: PageProps) {
  usePageTitle(title);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div class="page scroll">
      <div class="page-inner">
        <header class="page-head">
          <div>
            <h1 ref={heading} class="page-title" tabIndex={-1}>
              {title}
            </h1>
            <p class="page-lead">{lead}</p>
          </div>
          {action}
        </header>
        {children}
      </div>
    </div>
  );
}
