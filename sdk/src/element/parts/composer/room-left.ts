import { LIMITS } from '../../../contract/constants.ts';
import { charactersIn } from '../../../lib/characters-in.ts';

/** From how few remaining characters on a writer is told. */
const TELL_BELOW = 500;

/** How many characters a message still takes; null while that is no concern, negative beyond the limit. */
export function roomLeft(text: string): number | null {
  const left = LIMITS.message - charactersIn(text);
  return left > TELL_BELOW ? null : left;
}

/** Is it more than a message takes? */
export function isTooLong(text: string): boolean {
  return charactersIn(text) > LIMITS.message;
}
