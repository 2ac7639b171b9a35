import { INBOX_VIEWS, type InboxView } from './inbox-rules.ts';

/** What of the inbox its address holds. */
export interface InboxPlace {
  view: InboxView;
  q: string;
  chatId: string | null;
}

/** Reads the query of an inbox address; what it does not know is the first view, and no search. */
export function readInboxQuery(query: Record<string, string>): Pick<InboxPlace, 'view' | 'q'> {
  const view = INBOX_VIEWS.find((each) => each === query['view']) ?? 'open';
  return { view, q: (query['q'] ?? '').slice(0, 100) };
}

/**
 * The address of a place in the inbox.
 *
 * @example inboxAddress({ view: 'mine', q: '', chatId: null }) // '/agent?view=mine'
 */
export function inboxAddress({ view, q, chatId }: InboxPlace): string {
  const query = new URLSearchParams();
  if (view !== 'open') query.set('view', view);
  if (q !== '') query.set('q', q);
  const path = chatId === null ? '/agent' : `/agent/chats/${encodeURIComponent(chatId)}`;
  return query.size === 0 ? path : `${path}?${query}`;
}
