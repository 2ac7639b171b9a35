import { ClientError, type ClientErrorCode } from '@wzatco/sdk';

/** What to tell a person about a failure. A bug is reported to the browser, and said to be one. */
export function failureText(error: unknown): string {
  if (error instanceof ClientError) return error.message;
  reportError(error);
  return 'Something went wrong in the console. Reload the page and try again.';
}

/** The failure's name, or null where it is none of the client's. */
export function failureCode(error: unknown): ClientErrorCode | null {
  return error instanceof ClientError ? error.code : null;
}
