import type { Chat } from '@wzatco/sdk';
import { LIMITS } from '@wzatco/sdk/contract/constants';
import { tooLong } from './text-limits.ts';

/** What a chat's priority can be, for a choice. */
export const PRIORITY_CHOICES: { value: Chat['priority']; label: string }[] = [
  { value: 'low', label: 'Low' },
  { value: 'normal', label: 'Normal' },
  { value: 'high', label: 'High' },
  { value: 'urgent', label: 'Urgent' },
];

/** How many tags a chat may have. */
export const MOST_TAGS = LIMITS.tagsPerChat;

/** Why a text cannot be a tag; null where it can. */
export const tagProblem = (text: string): string | null => tooLong(asTag(text), LIMITS.tag);

/**
 * The tags with one more, in lower case as the server keeps them; null where that changes nothing.
 *
 * @example withTag(['vip'], ' Refund ') // ['vip', 'refund']
 */
export function withTag(tags: readonly string[], added: string): string[] | null {
  const tag = asTag(added);
  return tag === '' || tags.includes(tag) || tags.length >= MOST_TAGS ? null : [...tags, tag];
}

function asTag(text: string): string {
  return text.trim().toLowerCase();
}
