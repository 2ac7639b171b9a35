import type { Message } from '../contract/chats.ts';
import { createTimer } from '../lib/timer.ts';
import { withAgent, withEnd, withQueue, withRead, withReopening, withTold } from './chat-facts.ts';
import type { ChatSync } from './chat-sync.ts';
import type { ChatParts } from './chat-view.ts';
import { isPendingLane } from './outbox-entry.ts';
import type { Realtime } from './realtime.ts';
import { hasGap, missesChanges, withCounters, withUpdate } from './timeline.ts';
import type { TypingIndicator } from './typing-indicator.ts';
import type { TypingSender } from './typing-sender.ts';

/** How long the events of one change may take to arrive, in milliseconds. */
const SETTLE = 1_000;

/** What the server's events work on. */
export interface Followed {
  realtime: Realtime;
  sync: ChatSync;
  typing: TypingIndicator;
  typingOut: TypingSender;
  parts(): ChatParts;
  change(next: Partial<ChatParts>): void;
  receive(message: Message): void;
}

/** Lets a chat follow the server's events and the connection's fate. Answers the end of it. */
export function followChat(followed: Followed): () => void {
  const { realtime, sync, typing, typingOut, parts, change, receive } = followed;
  const settled = createTimer();
  const isHere = (payload: { chatId: string }) => payload.chatId === parts().chatId;

  function compare(counters: { lastSeq: number; lastRev: number }): void {
    const timeline = withCounters(parts().timeline, counters);
    if (timeline !== parts().timeline) change({ timeline });
    if (hasGap(timeline) || missesChanges(timeline)) sync.run();
  }

  const stops = [
    realtime.on('new_message', (message) => {
      if (!isHere(message)) return;
      receive(message);
      // It tells of a change of the chat, such as a transfer, under one number with it: that is fetched.
      if (message.sender === 'system') sync.doubt();
    }),
    realtime.on('message_updated', (event) => {
      if (!isHere(event)) return;
      const { chatId: _, id: __, ...update } = event;
      change({ timeline: withUpdate(parts().timeline, update) });
    }),
    realtime.on('user_typing', (event) => {
      if (isHere(event)) typing.note(event.userName, event.isTyping);
    }),
    realtime.on('messages_read', (event) => {
      if (isHere(event)) change({ facts: withRead(parts().facts, event.readBy, event.seq) });
    }),
    realtime.on('agent_joined', (event) => {
      if (!isHere(event)) return;
      const { agentId, agentName, avatar } = event;
      const agent = { id: agentId, name: agentName, ...(avatar ? { avatar } : {}) };
      change({ facts: withAgent(parts().facts, agent) });
    }),
    realtime.on('chat_assigned', (event) => {
      if (isHere(event)) {
        change({ facts: withAgent(parts().facts, { id: event.agentId, name: event.agentName }) });
      }
    }),
    realtime.on('chat_closed', (event) => {
      if (!isHere(event)) return;
      typing.clear();
      change({ facts: withEnd(parts().facts, event) });
    }),
    realtime.on('chat_viewers', (event) => {
      if (isHere(event)) change({ viewers: event.agents });
    }),
    realtime.on('chat_joined', (event) => {
      if (isHere(event)) change({ facts: withReopening(parts().facts, event) });
    }),
    realtime.on('queue_update', (event) => {
      if (isHere(event)) change({ facts: withQueue(parts().facts, event) });
    }),
    realtime.on('chat_updated', (event) => {
      if (!isHere(event)) return;
      change({ facts: withTold(parts().facts, event.chat) });
      // What it tells of mostly comes as an event of its own: only what has not after a moment is fetched.
      settled.set(SETTLE, () => compare(event));
    }),
    realtime.on('heartbeat', ({ chats }) => {
      const mine = chats.find(isHere);
      if (mine) compare(mine);
    }),
    realtime.wakes.subscribe((count) => {
      if (count > 0 && !isPendingLane(parts().chatId)) sync.doubt();
    }),
    realtime.state.subscribe((connection) => {
      if (connection === 'stopped') {
        typingOut.clear();
        settled.clear();
      }
      if (isPendingLane(parts().chatId)) return;
      if (connection === 'online' || connection === 'idle' || connection === 'connecting') return sync.run();
      sync.detach();
      typing.clear();
      if (parts().viewers.length > 0) change({ viewers: [] });
      if (parts().timeline.loaded && !parts().stale) change({ stale: true });
    }),
  ];
  return () => {
    settled.clear();
    stops.forEach((stop) => stop());
  };
}
