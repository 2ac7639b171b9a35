import type { TranscriptFormat } from './transcript-format.ts';

export const jsonTranscript: TranscriptFormat = {
  type: 'application/json; charset=utf-8',
  extension: 'json',
  begin: (chat, { timeZone }) =>
    `{"chat":${JSON.stringify(chat)},"timeZone":${JSON.stringify(timeZone)},"messages":[`,
  // Moments stay as the API writes them, in UTC.
  message: (message, _clock, isFirst) => `${isFirst ? '' : ','}\n${JSON.stringify(message)}`,
  end: () => '\n]}\n',
};
