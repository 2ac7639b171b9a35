import { useEffect, useState } from 'preact/hooks';
import type { ChatModel } from '../../models/chat-model.ts';
import type { ChatAttachment } from '../../models/message-groups.ts';

/** What browsers show of a file that is not at the server yet. */
const SHOWN = /^image\/(png|jpeg|gif|webp)$/;

/** A picture of an attachment, ready for an `<img>`; `drop` where that cannot show it after all. */
export interface Picture {
  url: string;
  drop(): void;
}

/** The attachment's picture: small from the server, or its own as long as it is here; null where there is none (yet). */
export function usePicture(attachment: ChatAttachment, chat: ChatModel): Picture | null {
  const { id, file, hasThumbnail, type, key } = attachment;
  const [url, setUrl] = useState<string | null>(null);
  const isOwn = file !== null && SHOWN.test(type);
  useEffect(() => {
    let made: string | null = null;
    let isOver = false;
    const show = (blob: Blob | null) => {
      if (!blob || isOver) return;
      made = URL.createObjectURL(blob);
      setUrl(made);
    };
    if (isOwn) show(file);
    else if (hasThumbnail && id !== null) void chat.thumbnail(id).then(show);
    return () => {
      isOver = true;
      if (made) URL.revokeObjectURL(made);
      setUrl(null);
    };
  }, [isOwn ? key : id, isOwn, hasThumbnail, chat]);
  return url === null ? null : { url, drop: () => setUrl(null) };
}
