import './inbox-list.css';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useConsole } from '../../context.ts';
import { inboxAddress, type InboxPlace } from '../../models/inbox-address.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useShortcuts } from '../shell/use-shortcuts.ts';
import { InboxEmpty } from './inbox-empty.tsx';
import { InboxRow } from './inbox-row.tsx';

/** The chats of a view: live, a page at a time, walked with j and k or the arrows. */
export function InboxList({ place }: { place: InboxPlace }) {
  const { inbox } = useConsole();
  const frame = useRef<HTMLDivElement>(null);
  const { rows, loading, loadingMore, more, failure } = inbox.list.value;

  const move = (step: number) => {
    const links = [...(frame.current?.querySelectorAll<HTMLAnchorElement>('a.inbox-row') ?? [])];
    const focused = links.findIndex((link) => link === document.activeElement);
    const from = focused >= 0 ? focused : links.findIndex((link) => link.ariaCurrent === 'page');
    links[from < 0 ? 0 : Math.min(Math.max(from + step, 0), links.length - 1)]?.focus();
  };
  useShortcuts({ j: () => move(1), k: () => move(-1) });

  // Back from a chat by keyboard: the focus goes on where it was.
  const last = useRef(place.chatId);
  useLayoutEffect(() => {
    const left = last.current;
    last.current = place.chatId;
    if (left === null || place.chatId !== null || document.activeElement !== document.body) return;
    frame.current
      ?.querySelector<HTMLElement>(`[data-chat="${CSS.escape(left)}"]`)
      ?.focus({ preventScroll: true });
  }, [place.chatId]);

  return (
    <div
      ref={frame}
      class="inbox-list scroll"
      aria-busy={loading}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
        event.preventDefault();
        move(event.key === 'ArrowDown' ? 1 : -1);
      }}
    >
      {failure !== null && (
        <div class="inbox-failure">
          <Notice tone="bad">{failure}</Notice>
          <Button onClick={() => inbox.reload()}>Retry</Button>
        </div>
      )}
      {loading && rows.length === 0 && failure === null && <LoadingRows />}
      {!loading && rows.length === 0 && failure === null && <InboxEmpty view={place.view} q={place.q} />}
      <ul class="inbox-rows">
        {rows.map((chat) => (
          <li key={chat.id}>
            <InboxRow
              chat={chat}
              href={inboxAddress({ ...place, chatId: chat.id })}
              selected={chat.id === place.chatId}
            />
          </li>
        ))}
      </ul>
      {more && <MoreRows busy={loadingMore} onReach={() => inbox.loadMore()} />}
    </div>
  );
}

/** Loads the next page when it comes into sight; a button for whoever does not scroll. */
function MoreRows({ busy, onReach }: { busy: boolean; onReach(): void }) {
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (busy || mark.current === null) return undefined;
    const observer = new IntersectionObserver(
      (seen) => seen.some(({ isIntersecting }) => isIntersecting) && onReach(),
    );
    observer.observe(mark.current);
    return () => observer.disconnect();
  }, [busy]);
  return (
    <div class="inbox-more" ref={mark}>
      <Button kind="quiet" busy={busy} onClick={onReach}>
        Load more
      </Button>
    </div>
  );
}

function LoadingRows() {
  return (
    <div>
      <span class="visually-hidden" role="status">
        Loading chats
      </span>
      {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
        <div class="inbox-skeleton" key={key}>
          <Skeleton shape="round" />
          <div class="inbox-skeleton-lines">
            <Skeleton width="medium" />
            <Skeleton width="long" />
          </div>
        </div>
      ))}
    </div>
  );
}
