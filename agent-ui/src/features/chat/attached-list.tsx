import './attached-list.css';
import type { ChatModel } from '../../models/chat-model.ts';
import { fileSize } from '../../models/file-size.ts';
import type { ChatAttachment } from '../../models/message-groups.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { FileText, X } from '../../ui/icons.ts';
import { usePicture } from './use-picture.ts';

/** What goes with the next message: each with its progress or why it was not taken. */
export function AttachedList({ chat }: { chat: ChatModel }) {
  const { attached } = chat.state.value;
  if (attached.length === 0) return null;
  return (
    <ul class="attached" aria-label="Attached files">
      {attached.map((attachment) => (
        <Attached key={attachment.key} attachment={attachment} chat={chat} />
      ))}
    </ul>
  );
}

function Attached({ attachment, chat }: { attachment: ChatAttachment; chat: ChatModel }) {
  const { key, name, size, progress, error } = attachment;
  const picture = usePicture(attachment, chat);
  return (
    <li class="attached-item">
      {picture ? (
        <img class="attached-picture" src={picture.url} alt="" onError={picture.drop} />
      ) : (
        <FileText size={18} />
      )}
      <span class="attachment-words">
        <bdi class="attachment-name">{name}</bdi>
        {error ? (
          <span class="attached-error" role="alert">
            {error.message}
          </span>
        ) : (
          <span class="attachment-size">{fileSize(size)}</span>
        )}
        {!error && progress < 1 && <progress max={1} value={progress} aria-label={`Sending ${name}`} />}
      </span>
      {error && (
        <Button kind="link" onClick={() => chat.retryAttachment(key)}>
          Retry
        </Button>
      )}
      <IconButton label={`Remove ${name}`} onClick={() => chat.detach(key)}>
        <X size={15} />
      </IconButton>
    </li>
  );
}
