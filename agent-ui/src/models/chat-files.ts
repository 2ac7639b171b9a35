import type { AgentClient, ChatAttachment, ChatStore } from '@wzatco/sdk';
import type { AlertsModel } from './alerts-model.ts';
import { failureText } from './failure-text.ts';
import { saveFile } from './save-file.ts';

/** Files of a chat: attached in its composer, and seen in its messages. What fails is told. */
export interface ChatFiles {
  attach(files: File[]): void;
  detach(key: string): void;
  retryAttachment(key: string): void;
  /** A small picture; null where it cannot be had: the file is a card then. */
  thumbnail(id: string): Promise<Blob | null>;
  /** The whole file; null where it cannot be had. */
  original(attachment: ChatAttachment): Promise<Blob | null>;
  download(attachment: ChatAttachment): Promise<void>;
}

export function createChatFiles(client: AgentClient, store: ChatStore, alerts: AlertsModel): ChatFiles {
  const tell = (title: string, error: unknown) =>
    alerts.tell({ tone: 'bad', title, detail: failureText(error) });

  async function original({ id, file }: ChatAttachment): Promise<Blob | null> {
    if (id === null) return file;
    try {
      return await client.attachments.load(id);
    } catch (error) {
      tell('Not downloaded', error);
      return null;
    }
  }

  return {
    attach(files) {
      try {
        for (const file of files) store.attach(file);
      } catch (error) {
        tell('Not attached', error);
      }
    },
    detach: (key) => store.detach(key),
    retryAttachment: (key) => store.retryAttachment(key),
    thumbnail: (id) => client.attachments.load(id, { thumbnail: true }).catch(() => null),
    original,
    async download(attachment) {
      const blob = await original(attachment);
      if (blob) saveFile(blob, attachment.name);
    },
  };
}
