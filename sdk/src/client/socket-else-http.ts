import { ClientError } from './client-error.ts';

/**
 * Asks over the socket; over HTTP where no answer came, and where the server no longer knows the socket's person:
 * HTTP renews the session. What is sent twice this way is named by its `clientMessageId`, so the server stores it once.
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
    const mayGoOverHttp =
      error instanceof ClientError && (error.code === 'OFFLINE' || error.code === 'UNAUTHENTICATED');
    if (mayGoOverHttp) return http();
    throw error;
  }
}
