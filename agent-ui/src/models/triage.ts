import type { Chat } from '@wzatco/sdk';
import { LIMITS } from '@wzatco/sdk/contract/constants';

/** What a chat's priority can be, for a choice. */
export const PRIORITY_CHOICES: { value: Chat['priority']; label: string }[] = [
  { value: 'low', label: 'Low' },
  { value: 'normal', label: 'Normal' },
  { value: 'high', label: 'High' },
  { value: 'urgent', label: 'Urgent' },
];

/** Characters of a tag, tags of a chat. */
export const TAG_LIMITS = { length: LIMITS.tag, number: LIMITS.tagsPerChat };

/**
 * The tags with one more, in lower case as the server keeps them; null where that changes nothing.
 *
 * @example withTag(['vip'], ' Refund ') // ['vip', 'refund']
 */
export function withTag(tags: readonly string[], added: string): string[] | null {
  const tag = added.trim().toLowerCase();
  return tag === '' || tags.includes(tag) || tags.length >= TAG_LIMITS.number ? null : [...tags, tag];
}
