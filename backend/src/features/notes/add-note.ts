import type { Note } from '@wzatco/sdk/contract';
import { trusted } from 'mongoose';
import { AppError } from '../../lib/app-error.ts';
import type { Context, UserActor } from '../../lib/context.ts';
import { loadChat, mayStaffSee, type ChatRecord } from '../chat/index.ts';
import type { NoteNeeds } from './note-needs.ts';
import { toNote } from './note.dto.ts';
import './note-events.ts';

/**
 * Adds a note to a chat, open or not, by anybody of the staff who may see it.
 *
 * @throws NOT_FOUND, VALIDATION_FAILED for a mention of somebody who may not see the chat.
 */
export async function addNote(
  needs: NoteNeeds,
  context: Context<UserActor>,
  input: { chatId: string; content: string; mentions?: string[] | undefined },
): Promise<Note> {
  const chat = await loadChat(needs.chat, context.actor, input.chatId);
  const mentions = [...new Set(input.mentions)];
  await checkMentions(needs, chat, mentions);
  const created = await needs.notes.create({
    subjectKind: 'chat',
    subjectId: chat._id,
    authorId: context.actor.id,
    authorName: context.actor.name,
    content: input.content,
    mentions,
    createdAt: needs.chat.now(),
  });
  const note = created.toObject();
  needs.chat.bus.publish('note.added', { note, chat });
  return toNote(note);
}

async function checkMentions({ chat: { users } }: NoteNeeds, chat: ChatRecord, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const found = await users.find({ _id: trusted({ $in: ids }) }).lean();
  if (found.filter((user) => mayStaffSee(user, chat)).length < ids.length) {
    throw new AppError('VALIDATION_FAILED', 'mentions: names somebody who may not see this chat');
  }
}
