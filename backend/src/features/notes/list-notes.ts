import type { EndpointParsed, EndpointReply, noteEndpoints } from '@wzatco/sdk/contract';
import { trusted } from 'mongoose';
import { z } from 'zod';
import type { Context } from '../../lib/context.ts';
import { decodeCursor, encodeCursor, toPage } from '../../lib/cursor.ts';
import { loadChat } from '../chat/index.ts';
import type { NoteNeeds } from './note-needs.ts';
import { toNote } from './note.dto.ts';

type List = (typeof noteEndpoints)['GET /api/chats/:id/notes'];

const cursorKey = z.tuple([z.iso.datetime(), z.string().regex(/^[0-9a-f]{24}$/)]);

/** The notes on a chat, newest first. @throws NOT_FOUND, VALIDATION_FAILED for another list's cursor. */
export async function listNotes(
  needs: NoteNeeds,
  context: Context,
  { params, query }: EndpointParsed<List>,
): Promise<EndpointReply<List>> {
  const chat = await loadChat(needs.chat, context.actor, params.id);
  const after = query.cursor ? decodeCursor(query.cursor, cursorKey) : null;
  const at = after && new Date(after[0]);
  const records = await needs.notes
    .find({
      subjectKind: 'chat',
      subjectId: chat._id,
      ...(after && at
        ? {
            createdAt: trusted({ $lte: at }),
            $or: [{ createdAt: trusted({ $lt: at }) }, { _id: trusted({ $lt: after[1] }) }],
          }
        : {}),
    })
    .sort({ createdAt: -1, _id: -1 })
    .limit(query.limit + 1)
    .lean();
  return toPage(
    records,
    query.limit,
    (record) => encodeCursor([record.createdAt.toISOString(), String(record._id)]),
    toNote,
  );
}
