import './inbox-page.css';
import { useLocation, useRoute } from 'preact-iso/router';
import { useEffect } from 'preact/hooks';
import { useConsole } from '../../context.ts';
import { inboxAddress, readInboxQuery, type InboxPlace } from '../../models/inbox-address.ts';
import { classNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { MessageSquare } from '../../ui/icons.ts';
import { ChatView } from '../chat/chat-view.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { InboxHead } from './inbox-head.tsx';
import { InboxList } from './inbox-list.tsx';
import { OfflineHint } from './offline-hint.tsx';

/** The list of chats and beside it the one that is open. The address holds all of it. */
export function InboxPage() {
  const { inbox } = useConsole();
  const { query, route } = useLocation();
  const { params } = useRoute();
  const chatId = params['id'] ?? null;
  const { view, q } = readInboxQuery(query);
  const place: InboxPlace = { view, q, chatId };
  const go = (change: Partial<InboxPlace>, replace = false) =>
    route(inboxAddress({ ...place, ...change }), replace);

  useEffect(() => inbox.show(view, q), [view, q]);

  return (
    <div class={classNames('inbox', chatId !== null && 'inbox--chat')}>
      <h1 class="visually-hidden">Inbox</h1>
      <section class="inbox-column" aria-label="Inbox">
        <InboxHead place={place} onSearch={(text) => go({ q: text }, true)} />
        <OfflineHint />
        <InboxList place={place} />
      </section>
      {chatId === null ? (
        <NothingOpen />
      ) : (
        <ChatView
          key={chatId}
          id={chatId}
          listAddress={inboxAddress({ ...place, chatId: null })}
          onBack={() => go({ chatId: null })}
          onClaimed={() => view === 'waiting' && go({ view: 'mine' }, true)}
        />
      )}
    </div>
  );
}

function NothingOpen() {
  usePageTitle('Inbox');
  return (
    <div class="inbox-blank">
      <EmptyState icon={<MessageSquare size={22} />} title="No chat open">
        Choose one from the list to read and answer it.
      </EmptyState>
      <dl class="inbox-hints">
        <dt>
          <kbd class="key">j</kbd> <kbd class="key">k</kbd>
        </dt>
        <dd>move through the list</dd>
        <dt>
          <kbd class="key">/</kbd>
        </dt>
        <dd>search</dd>
        <dt>
          <kbd class="key">?</kbd>
        </dt>
        <dd>all shortcuts</dd>
      </dl>
    </div>
  );
}
