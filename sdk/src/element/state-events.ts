import type { Emit } from './events.ts';
import type { SupportState } from './support.ts';

/**
 * Turns changes of the widget's state into its DOM events. Give it each state, in order.
 * Messages that were there when a chat was first loaded are not told; those that come later are, once each.
 */
export function createStateEvents(emit: Emit): (state: SupportState) => void {
  let before: SupportState | null = null;
  let chatId: string | null = null;
  let toldSeq = 0;

  function tellMessages({ chatState }: SupportState): void {
    for (const message of chatState?.messages ?? []) {
      if (message.seq === null || message.seq <= toldSeq) continue;
      toldSeq = message.seq;
      emit('wzatco-message', { chatId: chatState?.chatId ?? '', message });
    }
  }

  return (state) => {
    const chat = state.chatState;
    if (chat && !chat.loading && !chat.chatId.startsWith('pending:')) {
      if (chat.chatId !== chatId) {
        chatId = chat.chatId;
        toldSeq = state.openedHere ? 0 : chat.lastSeq;
        if (state.openedHere) emit('wzatco-chat-started', { chatId });
      } else if (before?.chatState?.status !== 'closed' && chat.status === 'closed') {
        emit('wzatco-chat-closed', { chatId, closedBy: chat.closedBy });
      }
      tellMessages(state);
    }
    if (state.unread !== (before?.unread ?? 0)) emit('wzatco-unread', { unreadCount: state.unread });
    if (state.failure && state.failure !== before?.failure) {
      emit('wzatco-error', { code: state.failure.code, message: state.failure.message });
    }
    before = state;
  };
}
