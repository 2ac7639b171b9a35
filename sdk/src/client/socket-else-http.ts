import { ClientError } from './client-error.ts';

/**
 * Asks over the socket and, where no answer came, over HTTP. What is sent twice this way is named by its
 * `clientMessageId`, so the server stores it once.
 *
 * @example
 * const message = await socketElseHttp(
 *   () => realtime.request('send_message', input),
 *   () => call('POST /api/chats/:id/messages', { params, body }),
 * );
 */
export async function socketElseHttp<T>(socket: () => Promise<T>, http: () => Promise<T>): Promise<T> {
  try {
    return await socket();
  } catch (error) {
    if (error instanceof ClientError && error.code === 'OFFLINE') return http();
    throw error;
  }
}
