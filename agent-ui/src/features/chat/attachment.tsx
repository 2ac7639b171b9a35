import './attachment.css';
import { useState } from 'preact/hooks';
import type { ChatModel } from '../../models/chat-model.ts';
import { fileSize } from '../../models/file-size.ts';
import type { ChatAttachment } from '../../models/message-groups.ts';
import { Download, FileText } from '../../ui/icons.ts';
import { PictureDialog } from './picture-dialog.tsx';
import { usePicture } from './use-picture.ts';

interface AttachmentProps {
  attachment: ChatAttachment;
  chat: ChatModel;
}

/** A file of a message: a picture opens large, anything else is downloaded. */
export function Attachment({ attachment, chat }: AttachmentProps) {
  const { id, name, size, progress, width, height } = attachment;
  const picture = usePicture(attachment, chat);
  const [isLarge, setLarge] = useState(false);
  const onClick = () =>
    picture && attachment.hasThumbnail ? setLarge(true) : void chat.download(attachment);
  return (
    <div class={picture ? 'attachment attachment--picture' : 'attachment'}>
      <button
        type="button"
        class="attachment-face"
        disabled={id === null}
        aria-label={picture ? `Open picture ${name} ${fileSize(size)}` : undefined}
        onClick={onClick}
      >
        {picture ? (
          <img
            src={picture.url}
            alt={name}
            width={width ?? undefined}
            height={height ?? undefined}
            onError={picture.drop}
          />
        ) : (
          <>
            <FileText size={20} />
            <span class="visually-hidden">Download </span>
            <span class="attachment-words">
              <bdi class="attachment-name">{name}</bdi>
              <span class="attachment-size">{fileSize(size)}</span>
            </span>
            {id !== null && <Download size={16} />}
          </>
        )}
      </button>
      {progress < 1 && <progress max={1} value={progress} aria-label={`Sending ${name}`} />}
      {isLarge && <PictureDialog attachment={attachment} chat={chat} onClose={() => setLarge(false)} />}
    </div>
  );
}
