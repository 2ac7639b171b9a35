import pino from 'pino';

export type Logger = pino.Logger;

/** Never written, wherever in a logged object they stand. */
const SECRETS = [
  'password',
  'token',
  'sessionToken',
  'visitorToken',
  'identity',
  'authorization',
  'cookie',
  'content',
  'message.content',
];

/**
 * The server's log: JSON lines on standard output, secrets and people's words left out.
 *
 * @param level `silent` in tests.
 */
export function createLogger(level: pino.LevelWithSilent = 'info'): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRETS.flatMap((key) => [key, `*.${key}`]), remove: true },
  });
}
