import type { EndpointParsed, transcriptEndpoints } from '@wzatco/sdk/contract';
import type { TranscriptFormat as FormatName } from '@wzatco/sdk/contract/constants';
import { attachmentDisposition } from '../../lib/content-disposition.ts';
import type { Context } from '../../lib/context.ts';
import { audienceOf, listMessages, loadChat, toChat, type ChatNeeds } from '../chat/index.ts';
import { htmlTranscript } from './html-transcript.ts';
import { jsonTranscript } from './json-transcript.ts';
import { textTranscript } from './text-transcript.ts';
import { createClock, type TranscriptFormat } from './transcript-format.ts';

type Transcript = (typeof transcriptEndpoints)['GET /api/chats/:id/transcript'];

const FORMATS: Record<FormatName, TranscriptFormat> = {
  text: textTranscript,
  html: htmlTranscript,
  json: jsonTranscript,
};

/** So many messages are in memory at once. */
const PAGE = 100;

/**
 * The chat as a file, up to its last message of now; whoever reads it slowly is not written to faster.
 *
 * @throws NOT_FOUND.
 */
export async function writeTranscript(
  needs: ChatNeeds,
  context: Context,
  { params, query }: EndpointParsed<Transcript>,
): Promise<Response> {
  const record = await loadChat(needs, context.actor, params.id);
  const chat = await toChat(needs, record, audienceOf(context.actor));
  const format = FORMATS[query.format];
  const clock = createClock(query.timeZone);

  async function* pieces(): AsyncGenerator<string> {
    yield format.begin(chat, clock);
    let after = 0;
    while (after < chat.lastSeq) {
      const page = await listMessages(needs, context, params.id, { after, limit: PAGE });
      const messages = page.messages.filter(({ seq }) => seq <= chat.lastSeq);
      yield messages.map((message) => format.message(message, clock, message.seq === 1)).join('');
      after = messages.at(-1)?.seq ?? chat.lastSeq;
    }
    yield format.end();
  }

  return new Response(streamOf(pieces()), {
    headers: {
      'content-type': format.type,
      'content-disposition': attachmentDisposition(`chat-${params.id}.${format.extension}`),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'",
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-store',
    },
  });
}

function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
