import type { Attachment } from '../contract/attachments.ts';
import type { Message } from '../contract/chats.ts';
import type { ChatAttachment } from './chat-state.ts';
import { ClientError } from './client-error.ts';
import type { UploadItem } from './upload-entry.ts';

/** Made once of each message and item: what has not changed stays the same object. */
const ofMessage = new WeakMap<Message, ChatAttachment[]>();
const ofItem = new WeakMap<UploadItem, ChatAttachment>();
const NONE: ChatAttachment[] = [];

/** What a stored message names. */
export function viewStoredAttachments(message: Message): ChatAttachment[] {
  if (message.attachments.length === 0) return NONE;
  const made = ofMessage.get(message) ?? message.attachments.map(viewStored);
  ofMessage.set(message, made);
  return made;
}

/** What is on its way. */
export function viewUploads(items: readonly UploadItem[]): ChatAttachment[] {
  if (items.length === 0) return NONE;
  return items.map((item) => {
    const made = ofItem.get(item) ?? viewUpload(item);
    ofItem.set(item, made);
    return made;
  });
}

function viewStored(attachment: Attachment): ChatAttachment {
  const { id, name, type, size, width, height, hasThumbnail } = attachment;
  return {
    key: id,
    id,
    name,
    type,
    size,
    width: width ?? null,
    height: height ?? null,
    hasThumbnail,
    file: null,
    progress: 1,
    error: null,
  };
}

function viewUpload({ entry, progress }: UploadItem): ChatAttachment {
  const { id, name, file, attachment, failure } = entry;
  return {
    ...viewStored(attachment ?? { id, name, type: file.type, size: file.size, hasThumbnail: false }),
    key: id,
    id: attachment?.id ?? null,
    file,
    progress: attachment ? 1 : progress,
    error: failure ? new ClientError(failure.code, failure.message, failure.status, failure.details) : null,
  };
}
