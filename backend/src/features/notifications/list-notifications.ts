import type {
  EndpointParsed,
  EndpointReply,
  Notification,
  notificationEndpoints,
} from '@wzatco/sdk/contract';
import { trusted } from 'mongoose';
import type { Context, UserActor } from '../../lib/context.ts';
import { decodeMoment, encodeMoment, toPage } from '../../lib/cursor.ts';
import { visibleChats } from '../chat/index.ts';
import type { NotificationNeeds } from './notification-needs.ts';
import type { NotificationRecord } from './notification.model.ts';

type List = (typeof notificationEndpoints)['GET /api/notifications'];

/** One's own notifications, newest first. @throws VALIDATION_FAILED for another list's cursor. */
export async function listNotifications(
  needs: NotificationNeeds,
  { actor }: Context<UserActor>,
  { query }: EndpointParsed<List>,
): Promise<EndpointReply<List>> {
  const after = query.cursor ? decodeMoment(query.cursor) : null;
  const behind = after && {
    createdAt: trusted({ $lte: after.at }),
    $or: [{ createdAt: trusted({ $lt: after.at }) }, { _id: trusted({ $lt: after.id }) }],
  };
  const records = await needs.notifications
    .find({ userId: actor.id, ...behind })
    .sort({ createdAt: -1, _id: -1 })
    .limit(query.limit + 1)
    .lean();
  const about = await readAbout(needs, actor, records);
  return toPage(
    records,
    query.limit,
    ({ createdAt, _id }) => encodeMoment({ at: createdAt, id: String(_id) }),
    (record) => toNotification(record, about(record)),
  );
}

/** What each is about, of the chats that its reader may see now: somebody who has changed department sees others. */
async function readAbout(
  { notes, chat: { chats } }: NotificationNeeds,
  actor: UserActor,
  records: readonly NotificationRecord[],
): Promise<(record: NotificationRecord) => Notification['about']> {
  const idsOf = (field: 'noteId' | 'chatId') => trusted({ $in: records.map((record) => record[field]) });
  const [seenChats, foundNotes] = await Promise.all([
    chats
      .find({ _id: idsOf('chatId'), ...visibleChats(actor) })
      .select({ customerName: 1 })
      .lean(),
    notes
      .find({ _id: idsOf('noteId') })
      .select({ content: 1 })
      .lean(),
  ]);
  const names = new Map(seenChats.map(({ _id, customerName }) => [String(_id), customerName]));
  const texts = new Map(foundNotes.map(({ _id, content }) => [String(_id), content]));
  return ({ chatId, noteId }) => {
    const customerName = names.get(String(chatId));
    const text = texts.get(String(noteId));
    return customerName === undefined || text === undefined ? null : { customerName, text };
  };
}

function toNotification(record: NotificationRecord, about: Notification['about']): Notification {
  return {
    id: String(record._id),
    kind: record.kind,
    chatId: String(record.chatId),
    noteId: String(record.noteId),
    by: { id: String(record.byId), name: record.byName },
    about,
    timestamp: record.createdAt.toISOString(),
    readAt: record.readAt?.toISOString() ?? null,
  };
}
