import type { Note } from '@wzatco/sdk/contract';
import { trusted, type ClientSession } from 'mongoose';
import { AppError } from '../../lib/app-error.ts';
import type { Context, UserActor } from '../../lib/context.ts';
import { loadChat, mayStaffSee, type ChatRecord } from '../chat/index.ts';
import type { NoteNeeds } from './note-needs.ts';
import { toNote } from './note.dto.ts';
import type { NoteRecord } from './note.model.ts';
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
  const note = await storeNote(needs, context.actor, { chat, content: input.content, mentions });
  needs.chat.bus.publish('note.added', { note, chat });
  return toNote(note);
}

/** Stores a note, within a transaction if one is given; whoever does publishes it afterwards. */
export async function storeNote(
  needs: NoteNeeds,
  author: UserActor,
  { chat, content, mentions = [] }: { chat: ChatRecord; content: string; mentions?: string[] },
  session: ClientSession | null = null,
): Promise<NoteRecord> {
  const [created] = await needs.notes.create(
    [
      {
        subjectKind: 'chat',
        subjectId: chat._id,
        authorId: author.id,
        authorName: author.name,
        content,
        mentions,
        ...(mentions.length > 0 && { mentionsDue: true as const }),
        createdAt: needs.chat.now(),
      },
    ],
    { session },
  );
  if (!created) throw new Error('create answers with the documents that it stored');
  return created.toObject();
}

async function checkMentions({ chat: { users } }: NoteNeeds, chat: ChatRecord, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const found = await users.find({ _id: trusted({ $in: ids }) }).lean();
  if (found.filter((user) => mayStaffSee(user, chat)).length < ids.length) {
    throw new AppError('VALIDATION_FAILED', 'mentions: names somebody who may not see this chat');
  }
}
