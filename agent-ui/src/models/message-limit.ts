import { LIMITS } from '@wzatco/sdk/contract/constants';

/** How many characters a message may have. */
export const MESSAGE_LIMIT = LIMITS.message;
