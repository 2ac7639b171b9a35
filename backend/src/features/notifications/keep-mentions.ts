import { trusted } from 'mongoose';
import { isDuplicateKey } from '../../db/base-schema.ts';
import { mayStaffSee } from '../chat/index.ts';
import type { NoteRecord } from '../notes/index.ts';
import type { NotificationNeeds } from './notification-needs.ts';
import './notification-events.ts';

/** The kind of job that keeps the mentions which a process that died had not. */
export const MENTION_JOB = 'keep-mentions';

/** How often that is looked for, in milliseconds. */
const SWEEP_EVERY = 5 * 60_000;
/** So many notes are looked at in one go. */
const SWEEP_SIZE = 100;

/**
 * Keeps a notification for each colleague whom a note mentions. Returns the unsubscribe. The note is stored with a mark
 * that is taken away only when all are kept: notes need not know of notifications, and a crash in between loses none.
 */
export function keepMentions(needs: NotificationNeeds): () => void {
  return needs.chat.bus.subscribe('note.added', ({ note }) => keepMentionsOf(needs, note));
}

/** Keeps what is marked as not kept. Answers when to look again. */
export async function sweepMentions(needs: NotificationNeeds): Promise<Date> {
  const due = await needs.notes.find({ mentionsDue: true }).limit(SWEEP_SIZE).lean();
  for (const note of due) await keepMentionsOf(needs, note);
  return new Date(needs.chat.now().getTime() + (due.length === SWEEP_SIZE ? 0 : SWEEP_EVERY));
}

async function keepMentionsOf(needs: NotificationNeeds, note: NoteRecord): Promise<void> {
  if (!note.mentionsDue) return;
  for (const userId of await readersOf(needs, note)) await keepMention(needs, note, userId);
  await needs.notes.updateOne({ _id: note._id }, { $unset: { mentionsDue: '' } });
}

/** Whom it mentions, and who may see its chat now: since it was written somebody may have changed department or role. */
async function readersOf({ chat: { chats, users } }: NotificationNeeds, note: NoteRecord) {
  // Whoever names themselves knows it.
  const others = note.mentions.filter((id) => !id.equals(note.authorId));
  const chat = await chats.findById(note.subjectId).lean();
  if (!chat || others.length === 0) return [];
  const found = await users.find({ _id: trusted({ $in: others }) }).lean();
  return found.filter((user) => mayStaffSee(user, chat)).map(({ _id }) => _id);
}

async function keepMention(
  { notifications, chat: { bus } }: NotificationNeeds,
  note: NoteRecord,
  userId: NoteRecord['authorId'],
): Promise<void> {
  try {
    const stored = await notifications.create({
      userId,
      kind: 'mention',
      chatId: note.subjectId,
      noteId: note._id,
      byId: note.authorId,
      byName: note.authorName,
      createdAt: note.createdAt,
    });
    bus.publish('notification.stored', { notification: stored.toObject(), note });
  } catch (error) {
    // It is kept already. Whoever was not told of it, since a process died just then, finds it when they connect.
    if (!isDuplicateKey(error)) throw error;
  }
}
