import { LIMITS } from '../../../contract/constants.ts';

/** From how few remaining characters on a writer is told. */
const TELL_BELOW = 500;

/** How many characters a message still takes; null while that is no concern, negative beyond the limit. */
export function roomLeft(text: string): number | null {
  const left = LIMITS.message - text.length;
  return left > TELL_BELOW ? null : left;
}
