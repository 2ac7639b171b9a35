import { z } from 'zod';
import { clientMessageId, id, line, nothing } from './common.ts';
import { LIMITS } from './constants.ts';
import { defineEndpoints } from './endpoints.ts';

/** A file that was uploaded, as messages name it. */
export const attachment = z.object({
  id,
  /** As its sender named it, made safe: no path, no hidden direction, an ending that fits the type. */
  name: z.string(),
  /** What its bytes show it to be: one of `ATTACHMENT_TYPES`. */
  type: z.string(),
  /** Bytes. */
  size: z.int().min(1),
  /** Of a picture, as it is seen (turned as its camera says), in pixels. */
  width: z.int().optional(),
  height: z.int().optional(),
  hasThumbnail: z.boolean(),
});
export type Attachment = z.infer<typeof attachment>;

/** Attachments are uploaded first; a message then names them, each once. */
export const attachmentIds = z
  .array(id)
  .max(LIMITS.attachmentsPerMessage, `must be at most ${LIMITS.attachmentsPerMessage}`)
  .refine((ids) => new Set(ids).size === ids.length, 'must not name one twice')
  .optional();

const params = z.strictObject({ id });
const own = { visitor: 'own', agent: 'own', admin: 'own' } as const;
const members = { visitor: 'own', agent: 'department', admin: 'all' } as const;

export const attachmentEndpoints = defineEndpoints({
  'POST /api/uploads': {
    summary:
      'Takes a file, its bytes being the body: a message may name it within 24 hours. ' +
      'The same `clientUploadId` again stores nothing and answers with what is there.',
    access: own,
    query: z.strictObject({ name: line.max(LIMITS.fileName), clientUploadId: clientMessageId }),
    takes: 'bytes',
    reply: attachment,
    status: 201,
  },
  'DELETE /api/uploads/:id': {
    summary: 'Throws away what one has uploaded and no message names.',
    access: own,
    params,
    reply: nothing,
  },
  'GET /api/uploads/:id': {
    summary: 'The file, to its uploader and the members of the chat; always as a download. Takes `Range`.',
    access: members,
    params,
    gives: 'bytes',
    reply: z.file(),
  },
  'GET /api/uploads/:id/thumbnail': {
    summary: 'A small WebP of a picture (480 pixels at most, nothing of its metadata), where `hasThumbnail`.',
    access: members,
    params,
    gives: 'bytes',
    reply: z.file(),
  },
});
