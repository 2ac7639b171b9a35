import { z } from 'zod';
import { TRANSCRIPT_FORMATS } from './constants.ts';
import { id } from './common.ts';
import { defineEndpoints } from './endpoints.ts';

/** A time zone by its IANA name, e.g. `Europe/Berlin`. */
const timeZone = z
  .string()
  .max(64)
  .refine((name) => isTimeZone(name), 'must be a time zone such as Europe/Berlin');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

export const transcriptEndpoints = defineEndpoints({
  'GET /api/chats/:id/transcript': {
    summary: 'The whole chat as a file, without notes; times in `timeZone`, UTC unless said.',
    access: { visitor: 'own', agent: 'department', admin: 'all' },
    params: z.strictObject({ id }),
    query: z.strictObject({
      format: z.enum(TRANSCRIPT_FORMATS).default('text'),
      timeZone: timeZone.default('UTC'),
    }),
    gives: 'bytes',
    reply: z.file(),
  },
});
