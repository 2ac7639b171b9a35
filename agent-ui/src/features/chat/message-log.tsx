import './message-log.css';
import { useMemo, useRef } from 'preact/hooks';
import type { ChatModel } from '../../models/chat-model.ts';
import { groupMessages } from '../../models/message-groups.ts';
import { Button } from '../../ui/button.tsx';
import { ArrowDown } from '../../ui/icons.ts';
import { dayOf, dayTitle } from '../../ui/moments.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useNow } from '../../ui/use-now.ts';
import { MessageGroup } from './message-group.tsx';
import { useLogScroll } from './use-log-scroll.ts';

/** What was said, newest at the end; new messages are read out. */
export function MessageLog({ chat }: { chat: ChatModel }) {
  const { messages, loading, hasOlder, typing } = chat.state.value;
  const loadingOlder = chat.loadingOlder.value;
  const now = useNow();
  const frame = useRef<HTMLDivElement>(null);
  const entries = useMemo(() => groupMessages(messages, dayOf), [messages]);
  const last = messages.at(-1);
  const lastMine = messages.findLast((message) => message.mine);
  const { newBelow, toEnd } = useLogScroll({
    frame,
    first: messages[0]?.key ?? '',
    last: last?.key ?? '',
    lastIsMine: last?.mine ?? false,
    growth: typing.length,
    onReachTop: () => void chat.loadOlder(),
    onSeeEnd: () => chat.seen(),
  });

  return (
    <div class="log-frame">
      <div
        ref={frame}
        class="log scroll"
        role="log"
        aria-label="Messages"
        aria-live={loading || loadingOlder ? 'off' : 'polite'}
        aria-busy={loading || loadingOlder}
        tabIndex={0}
      >
        <div class="log-inner">
          {loading && <LoadingLog />}
          {hasOlder && !loading && (
            <div class="log-older">
              <Button kind="quiet" busy={loadingOlder} onClick={() => void chat.loadOlder()}>
                Load older messages
              </Button>
            </div>
          )}
          {entries.map((entry) => {
            if (entry.kind === 'day') {
              return (
                <h3 key={entry.key} class="log-day">
                  {dayTitle(new Date(entry.at), now)}
                </h3>
              );
            }
            if (entry.kind === 'remark') {
              return (
                <p key={entry.key} class="log-remark" dir="auto">
                  {entry.message.content}
                </p>
              );
            }
            return (
              <MessageGroup key={entry.key} group={entry} chat={chat} lastMine={lastMine?.key ?? null} />
            );
          })}
          {typing.length > 0 && (
            <div class="log-typing">
              <span class="typing-dots" aria-hidden="true">
                <span />
                <span />
                <span />
              </span>
              <span dir="auto">{typing.join(', ')} is writing…</span>
            </div>
          )}
        </div>
      </div>
      {newBelow && (
        <button type="button" class="log-pill" onClick={toEnd}>
          <ArrowDown size={14} /> New messages
        </button>
      )}
    </div>
  );
}

function LoadingLog() {
  return (
    <div class="log-skeleton">
      <span class="visually-hidden">Loading messages</span>
      <Skeleton shape="bubble" />
      <Skeleton shape="bubble" end />
      <Skeleton shape="bubble" />
    </div>
  );
}
