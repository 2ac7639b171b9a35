import { keptText } from './kept-text.ts';

const index = keptText('session', 'drafts');

function draftedChats(): string[] {
  return (index.get() ?? '').split(' ').filter(Boolean);
}

/** What was written for a chat and not sent yet; '' for nothing. It lasts over reloads and an expired session. */
export function readDraft(chatId: string): string {
  return keptText('session', `draft.${chatId}`).get() ?? '';
}

/** Keeps what is written for a chat; '' forgets it. */
export function keepDraft(chatId: string, text: string): void {
  keptText('session', `draft.${chatId}`).set(text === '' ? null : text);
  const chats = new Set(draftedChats());
  if (text === '') chats.delete(chatId);
  else chats.add(chatId);
  index.set(chats.size === 0 ? null : [...chats].join(' '));
}

/** Forgets all drafts of this tab. */
export function clearDrafts(): void {
  for (const chatId of draftedChats()) keptText('session', `draft.${chatId}`).set(null);
  index.set(null);
}
