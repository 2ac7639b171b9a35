import { z } from 'zod';
import { LIMITS, ROLES } from './constants.ts';

/** A document's id: the 24 hex digits of its ObjectId. */
export const id = z
  .string()
  .regex(/^[0-9a-f]{24}$/, 'must be an id of 24 hex digits')
  .meta({ examples: ['665f1c2ab8e4d7a1c09f3b52'] });

/** A moment as ISO 8601 in UTC with milliseconds. */
export const timestamp = z.iso.datetime();

export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(LIMITS.email)
  .pipe(z.email('must be an e-mail address'));

/**
 * Half a surrogate pair becomes U+FFFD, as it would on its way into the database: what comes back is what was
 * compared, and a retry is the same as what it repeats.
 */
const wellFormed = (text: string) => text.replaceAll(/\p{Surrogate}/gu, '\uFFFD');

/** Is there anything to see, besides spaces and characters that only join, direct or hide others? */
const isVisible = (text: string) => /[^\p{Cf}\p{Z}\p{Cc}]/u.test(text);

/** Text of one line: trimmed, half a surrogate pair replaced, nothing that controls. */
export const line = z
  .string()
  .trim()
  .overwrite(wellFormed)
  .regex(/^[^\p{Cc}]*$/u, 'must not contain control characters');

/** A person's or thing's name: one line, not empty. */
export const name = line.min(1, 'must not be empty').max(LIMITS.name).refine(isVisible, 'must not be empty');

/** A tag, the same however it was written: `VIP ` is `vip`. */
export const tagName = line
  .toLowerCase()
  .min(1, 'must not be empty')
  .max(LIMITS.tag)
  .refine(isVisible, 'must not be empty');

/** What a list is searched for. */
export const searchText = line.max(100);

/** What somebody writes beside what they attach: kept as written, never with a NUL; empty where nothing can be seen. */
export const writtenText = z
  .string()
  .max(LIMITS.message, `must be at most ${LIMITS.message} characters`)
  .refine((text) => !text.includes('\0'), 'must not contain a NUL character')
  .overwrite((text) => (isVisible(text) ? wellFormed(text) : ''));

/** What somebody writes: the same, and never nothing. */
export const messageText = writtenText.refine((text) => text !== '', 'must not be empty');

/** A remark of some lines; may be empty. */
export const remark = z
  .string()
  .trim()
  .overwrite(wellFormed)
  .regex(/^(?:[^\p{Cc}]|[\t\n\r])*$/u, 'must not contain control characters');

/** The client's own name for a message, the same in every retry; a UUID is a good one. */
export const clientMessageId = z
  .string()
  .min(1)
  .max(LIMITS.clientMessageId)
  .regex(/^[\w.:-]+$/, 'may hold letters, digits and _ . : -');

export const role = z.enum(ROLES);

/** A number within a chat: 0 is before the first. */
export const counter = z.int().min(0);

/** The query of every list. */
export const pageQuery = {
  cursor: z.string().min(1).max(500).optional(),
  limit: z.coerce.number().int().min(1).max(LIMITS.pageMax).default(LIMITS.pageDefault),
};

/** What an action answers that has nothing to tell. */
export const nothing = z.object({});

/** What is written in the `error` of a failure. */
export const errorBody = z.object({
  code: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type ErrorBody = z.infer<typeof errorBody>;
