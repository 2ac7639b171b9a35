import type { ChatRecord } from './chat.model.ts';
import type { MessageRecord } from './message.model.ts';

declare module '../../lib/bus.ts' {
  interface DomainEvents {
    'chat.opened': { chat: ChatRecord; message: MessageRecord };
    'message.stored': { chat: ChatRecord; message: MessageRecord };
    /** Edited or deleted. */
    'message.changed': { chat: ChatRecord; message: MessageRecord };
    'chat.assigned': {
      chat: ChatRecord;
      agent: { id: string; name: string; avatar: string | null };
      wasWaiting: boolean;
      /** Who had it before; null where it waited. */
      previousAgentId: string | null;
      /** Who did it, and how: took it themselves, gave it, or transferred it. */
      by: { id: string; name: string };
      how: 'claimed' | 'given' | 'transferred';
    };
    /** An open chat waits again, in the department that it has now. */
    'chat.returned': {
      chat: ChatRecord;
      by: { id: string; name: string };
      wasWaiting: boolean;
      previousAgentId: string | null;
      previousDepartmentId: ChatRecord['departmentId'];
    };
    'chat.read': { chat: ChatRecord; readBy: 'customer' | 'agent'; seq: number };
    /** Its priority or tags. */
    'chat.triaged': { chat: ChatRecord };
    'chat.rated': { chat: ChatRecord };
    /** A customer has written in an ended chat, which waits again. */
    /** `notice`: what the customer is told where nobody is there. */
    'chat.reopened': { chat: ChatRecord; message: MessageRecord; notice: MessageRecord | null };
    'chat.closed': { chat: ChatRecord; wasWaiting: boolean };
  }
}
