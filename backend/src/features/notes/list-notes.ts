import type { EndpointParsed, EndpointReply, noteEndpoints } from '@wzatco/sdk/contract';
import { trusted } from 'mongoose';
import type { Context } from '../../lib/context.ts';
import { decodeMoment, encodeMoment, toPage } from '../../lib/cursor.ts';
import { loadChat } from '../chat/index.ts';
import type { NoteNeeds } from './note-needs.ts';
import { toNote } from './note.dto.ts';

type List = (typeof noteEndpoints)['GET /api/chats/:id/notes'];

/** The notes on a chat, newest first. @throws NOT_FOUND, VALIDATION_FAILED for another list's cursor. */
export async function listNotes(
  needs: NoteNeeds,
  context: Context,
  { params, query }: EndpointParsed<List>,
): Promise<EndpointReply<List>> {
  const chat = await loadChat(needs.chat, context.actor, params.id);
  const after = query.cursor ? decodeMoment(query.cursor) : null;
  const behind = after && {
    createdAt: trusted({ $lte: after.at }),
    $or: [{ createdAt: trusted({ $lt: after.at }) }, { _id: trusted({ $lt: after.id }) }],
  };
  const records = await needs.notes
    .find({
      subjectKind: 'chat',
      subjectId: chat._id,
      ...behind,
    })
    .sort({ createdAt: -1, _id: -1 })
    .limit(query.limit + 1)
    .lean();
  return toPage(
    records,
    query.limit,
    ({ createdAt, _id }) => encodeMoment({ at: createdAt, id: String(_id) }),
    toNote,
  );
}
