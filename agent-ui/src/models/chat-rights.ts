import type { Role } from '@wzatco/sdk';

/** What somebody may do in a chat, and where they may not, whose it is. */
export type ChatStanding =
  | { may: 'claim' }
  | { may: 'write'; as: 'assignee' | 'admin' }
  | { may: 'read'; because: 'taken'; by: string }
  | { may: 'read'; because: 'closed' };

interface ChatLike {
  status: 'waiting' | 'active' | 'closed';
  agent: { id: string; name: string } | null;
}

/** SPEC §7: in an active chat its assignee and admins write; while it waits it can be claimed. */
export function standingIn(chat: ChatLike, me: { id: string; role: Role }): ChatStanding {
  if (chat.status === 'closed') return { may: 'read', because: 'closed' };
  if (chat.status === 'waiting') return { may: 'claim' };
  if (chat.agent?.id === me.id) return { may: 'write', as: 'assignee' };
  if (me.role === 'admin') return { may: 'write', as: 'admin' };
  return { may: 'read', because: 'taken', by: chat.agent?.name ?? 'somebody else' };
}
