import { remarksOn, type TranscriptFormat } from './transcript-format.ts';

/** Keeps the direction of a name from spreading to what stands beside it. */
const isolated = (text: string) => `\u2068${text}\u2069`;

/** Further lines are indented, so that nobody can write a line that looks like another person's. */
const indented = (text: string) => text.replaceAll(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/g, '\n    ');

export const textTranscript: TranscriptFormat = {
  type: 'text/plain; charset=utf-8',
  extension: 'txt',
  begin: (chat, clock) =>
    [
      `Chat with ${isolated(chat.customer.name)}`,
      `Begun ${clock.show(chat.createdAt)}${chat.closedAt ? `, ended ${clock.show(chat.closedAt)}` : ''}`,
      `All times in ${clock.timeZone}`,
      '',
      '',
    ].join('\n'),
  message(message, clock) {
    const files = message.attachments.map(({ name }) => `    [file: ${isolated(name)}]\n`).join('');
    const words = message.content === '' ? '' : ` ${indented(message.content)}`;
    return `[${clock.show(message.timestamp)}] ${isolated(message.senderName)}${remarksOn(message)}:${words}\n${files}`;
  },
  end: () => '',
};
