import type { InboxView } from '../../models/inbox-rules.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Coffee, Inbox, Search, UserRoundCheck } from '../../ui/icons.ts';

/** Why a view has no rows. */
export function InboxEmpty({ view, q }: { view: InboxView; q: string }) {
  if (q !== '') {
    return (
      <EmptyState icon={<Search size={22} />} title="Nothing found">
        No chat in this view matches “{q}”.
      </EmptyState>
    );
  }
  switch (view) {
    case 'waiting':
      return (
        <EmptyState icon={<Coffee size={22} />} title="No one is waiting">
          New chats appear here by themselves.
        </EmptyState>
      );
    case 'mine':
      return (
        <EmptyState icon={<UserRoundCheck size={22} />} title="Nothing on your desk">
          Claim a waiting chat and it stays here until it is closed.
        </EmptyState>
      );
    case 'open':
      return (
        <EmptyState icon={<Coffee size={22} />} title="All quiet">
          Nobody waits and no chat is open. New ones appear here by themselves.
        </EmptyState>
      );
    case 'closed':
      return (
        <EmptyState icon={<Inbox size={22} />} title="No closed chats yet">
          Chats come here when they have ended.
        </EmptyState>
      );
  }
}
