import type { ChatModel } from '../../models/chat-model.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';

interface CloseDialogProps {
  chat: ChatModel;
  customer: string;
  onDone(): void;
}

/** Asks before a chat ends, since that cannot be taken back. */
export function CloseDialog({ chat, customer, onDone }: CloseDialogProps) {
  const unsent = chat.state.value.messages.some(({ state }) => state === 'sending' || state === 'failed');
  const drafted = chat.draft.value.trim() !== '';
  return (
    <Dialog title={`Close the chat with ${customer}?`} onClose={onDone}>
      <p class="dialog-text">
        It ends for both of you and moves to Closed. The customer can rate it, and start a new one any time.
      </p>
      {(unsent || drafted) && (
        <Notice tone="warn">
          {unsent
            ? 'Some of your messages have not been sent yet.'
            : 'You have written something that is not sent yet.'}
        </Notice>
      )}
      <div class="dialog-actions">
        <Button kind="quiet" onClick={onDone}>
          Keep it open
        </Button>
        <Button
          kind="danger"
          busy={chat.acting.value}
          autoFocus
          onClick={() => void chat.close().then((closed) => closed && onDone())}
        >
          Close chat
        </Button>
      </div>
    </Dialog>
  );
}
