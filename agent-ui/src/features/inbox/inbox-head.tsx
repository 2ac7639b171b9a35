import './inbox-head.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useConsole } from '../../context.ts';
import { inboxAddress, type InboxPlace } from '../../models/inbox-address.ts';
import { INBOX_VIEWS, type InboxView } from '../../models/inbox-rules.ts';
import { classNames } from '../../ui/class-names.ts';
import { Search } from '../../ui/icons.ts';
import { useShortcuts } from '../shell/use-shortcuts.ts';

const NAMES: Record<InboxView, string> = {
  open: 'Open',
  waiting: 'Waiting',
  mine: 'Mine',
  closed: 'Closed',
};
/** A search begins when the typing has paused. */
const PAUSE = 250;

interface InboxHeadProps {
  place: InboxPlace;
  onSearch(text: string): void;
}

/** Title, search and views of the inbox. */
export function InboxHead({ place, onSearch }: InboxHeadProps) {
  return (
    <header class="inbox-head">
      <p class="inbox-title" aria-hidden="true">
        Inbox
      </p>
      <SearchField q={place.q} onSearch={onSearch} />
      <nav class="view-tabs" aria-label="Views">
        {INBOX_VIEWS.map((view) => (
          <ViewTab key={view} view={view} place={place} />
        ))}
      </nav>
    </header>
  );
}

function SearchField({ q, onSearch }: { q: string; onSearch(text: string): void }) {
  const [text, setText] = useState(q);
  const field = useRef<HTMLInputElement>(null);
  useShortcuts({ '/': () => field.current?.focus() });

  useEffect(() => setText(q), [q]);
  useEffect(() => {
    const wanted = text.trim().slice(0, 100);
    if (wanted === q) return undefined;
    const timer = setTimeout(() => onSearch(wanted), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);

  return (
    <div class="search-frame" role="search">
      <Search size={15} />
      <input
        ref={field}
        class="search-field"
        type="search"
        dir="auto"
        aria-label="Search chats"
        placeholder="Search name or e-mail"
        autocomplete="off"
        maxLength={100}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          if (text === '') field.current?.blur();
          else setText('');
        }}
      />
    </div>
  );
}

function ViewTab({ view, place }: { view: InboxView; place: InboxPlace }) {
  const { inbox } = useConsole();
  const total = view === 'closed' ? null : inbox.counts.value[view];
  return (
    <a
      class={classNames('view-tab', view === 'waiting' && (total?.count ?? 0) > 0 && 'view-tab--asking')}
      href={inboxAddress({ ...place, view })}
      {...(place.view === view && { 'aria-current': 'true' as const })}
    >
      {NAMES[view]}
      {total !== null && total.count > 0 && (
        <span class="view-count">
          {total.count}
          {total.more && '+'}
        </span>
      )}
    </a>
  );
}
