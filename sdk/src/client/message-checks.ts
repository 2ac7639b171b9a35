import { LIMITS } from '../contract/constants.ts';
import { charactersIn } from '../lib/characters-in.ts';
import type { ChatAttachment } from './chat-state.ts';
import { ClientError } from './client-error.ts';

const refuse = (why: string) => new ClientError('VALIDATION_FAILED', why, 400);

/** @throws ClientError VALIDATION_FAILED, so that the text stays where it was written. */
export function checkText(text: string): void {
  if (text.trim() === '') throw refuse('There is nothing to send.');
  checkLength(text);
}

/** The same of a message that may be attachments alone; none of them may be a refused one. */
export function checkMessage(text: string, attached: readonly ChatAttachment[]): void {
  if (attached.some(({ error }) => error)) throw refuse('Remove the files that were not taken, then send.');
  if (attached.length === 0) checkText(text);
  else checkLength(text);
}

/** @throws ClientError VALIDATION_FAILED where no more may be attached. */
export function checkRoom(attached: readonly ChatAttachment[]): void {
  if (attached.length >= LIMITS.attachmentsPerMessage)
    throw refuse(`A message has at most ${LIMITS.attachmentsPerMessage} attachments.`);
}

/** What a file is called: as it is said, as it says itself, or something that fits what it is (a pasted picture). */
export function nameOf(file: Blob, said: string | undefined): string {
  const own = said || (file instanceof File ? file.name : '');
  const name = own || `file.${/^image\/(\w+)/.exec(file.type)?.[1] ?? 'bin'}`;
  return Array.from(name).slice(-LIMITS.fileName).join('');
}

function checkLength(text: string): void {
  if (charactersIn(text) > LIMITS.message)
    throw refuse(`A message has at most ${LIMITS.message} characters.`);
}
