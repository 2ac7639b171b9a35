import { useState } from 'preact/hooks';
import type { ChatModel } from '../../models/chat-model.ts';
import type { ChatMessage } from '../../models/message-groups.ts';
import { hasHistory, mayChange } from '../../models/message-rights.ts';
import { MESSAGE_LIMIT, tooLong } from '../../models/text-limits.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextAreaField } from '../../ui/field.tsx';
import { Ellipsis, Pencil, RotateCcwClock, Trash } from '../../ui/icons.ts';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { useNow } from '../../ui/use-now.ts';
import { HistoryDialog } from './history-dialog.tsx';

interface MessageActionsProps {
  chat: ChatModel;
  message: ChatMessage;
  /** The message's `id`. */
  id: string;
}

/** The menu beside a message: to edit one's own or take it back, and to look up what it said before. */
export function MessageActions({ chat, message, id }: MessageActionsProps) {
  const [open, setOpen] = useState<'edit' | 'delete' | 'history' | null>(null);
  const now = useNow();
  const close = () => setOpen(null);
  const entries: MenuEntry[] = [];
  if (hasHistory(message))
    entries.push({
      key: 'history',
      label: 'Earlier versions',
      icon: <RotateCcwClock size={15} />,
      onSelect: () => setOpen('history'),
    });
  if (mayChange(message, chat.standing.value, now))
    entries.push(
      { key: 'edit', label: 'Edit', icon: <Pencil size={15} />, onSelect: () => setOpen('edit') },
      {
        key: 'delete',
        label: 'Delete for everybody',
        icon: <Trash size={15} />,
        danger: true,
        onSelect: () => setOpen('delete'),
      },
    );
  if (entries.length === 0 && open === null) return null;
  return (
    <div class="message-actions">
      {entries.length > 0 && (
        <Menu
          label="Message actions"
          trigger={<Ellipsis size={16} />}
          triggerClass="icon-button"
          opens="up"
          entries={entries}
        />
      )}
      {open === 'edit' && <EditDialog chat={chat} id={id} content={message.content} onClose={close} />}
      {open === 'delete' && <DeleteDialog chat={chat} id={id} onClose={close} />}
      {open === 'history' && <HistoryDialog chat={chat} message={message} id={id} onClose={close} />}
    </div>
  );
}

interface EditDialogProps {
  chat: ChatModel;
  id: string;
  content: string;
  onClose(): void;
}

function EditDialog({ chat, id, content, onClose }: EditDialogProps) {
  const [text, setText] = useState(content);
  const problem = tooLong(text, MESSAGE_LIMIT);
  const isReady = text.trim() !== '' && problem === null;
  const save = async () => {
    if (text === content || (await chat.editMessage(id, text))) onClose();
  };
  return (
    <Dialog title="Edit the message" onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void save();
        }}
      >
        <TextAreaField
          label="Message"
          hint="The customer sees that it was edited. What it said before is kept for the team."
          value={text}
          problem={problem}
          onText={setText}
        />
        <div class="dialog-actions">
          <Button kind="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button kind="primary" type="submit" busy={chat.acting.value} disabled={!isReady}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function DeleteDialog({ chat, id, onClose }: Omit<EditDialogProps, 'content'>) {
  return (
    <Dialog title="Delete the message?" onClose={onClose}>
      <p class="dialog-text">
        Its words go from both screens, and a mark stays in its place. The team can still look up what it
        said.
      </p>
      <div class="dialog-actions">
        <Button kind="quiet" onClick={onClose}>
          Keep it
        </Button>
        <Button
          kind="danger"
          autoFocus
          busy={chat.acting.value}
          onClick={() => void chat.removeMessage(id).then((gone) => gone && onClose())}
        >
          Delete
        </Button>
      </div>
    </Dialog>
  );
}
