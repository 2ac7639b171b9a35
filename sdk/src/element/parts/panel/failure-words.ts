import type { ClientError } from '../../../client/index.ts';
import type { Texts } from '../../locales/en.ts';

/** What to tell a customer when the widget cannot be shown; `canRetry` where trying again may help. */
export interface FailureWords {
  heading: string;
  hint: string;
  canRetry: boolean;
}

export function failureWords(error: Pick<ClientError, 'code' | 'message'>, texts: Texts): FailureWords {
  switch (error.code) {
    case 'NOT_FOUND':
    case 'VALIDATION_FAILED':
      return { heading: texts.siteUnknown, hint: texts.siteUnknownHint, canRetry: false };
    case 'FORBIDDEN':
      return { heading: texts.notAllowed, hint: texts.notAllowedHint, canRetry: false };
    case 'OFFLINE':
    case 'UNAVAILABLE':
    case 'INTERNAL':
      return { heading: texts.unreachable, hint: texts.unreachableHint, canRetry: true };
    default:
      return { heading: texts.unreachable, hint: error.message, canRetry: true };
  }
}
