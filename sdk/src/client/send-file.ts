import { createTimer } from '../lib/timer.ts';

/** What came back. */
export interface FileAnswer {
  status: number;
  text: string;
  retryAfter: string | null;
}

export interface SendFileOptions {
  headers: Record<string, string>;
  credentials: 'omit' | 'include';
  signal: AbortSignal;
  /** Hears the part that has gone out, 0 to 1. */
  onProgress(part: number): void;
}

/** Without a word so long (ms) a connection counts as lost: the server may have to scan the file for viruses. */
const SILENCE = 130_000;

/**
 * Posts a file as it is. Browsers tell how much has gone out only with `XMLHttpRequest`; programs elsewhere have `fetch`.
 * Rejects where no answer comes.
 */
export function sendFile(url: string, file: Blob, options: SendFileOptions): Promise<FileAnswer> {
  return typeof XMLHttpRequest === 'undefined' ? withFetch(url, file, options) : withXhr(url, file, options);
}

async function withFetch(url: string, file: Blob, options: SendFileOptions): Promise<FileAnswer> {
  const { headers, credentials, signal } = options;
  const late = AbortSignal.any([signal, AbortSignal.timeout(SILENCE)]);
  const response = await fetch(url, { method: 'POST', body: file, headers, credentials, signal: late });
  const { status } = response;
  return { status, text: await response.text(), retryAfter: response.headers.get('retry-after') };
}

function withXhr(url: string, file: Blob, options: SendFileOptions): Promise<FileAnswer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const silence = createTimer();
    const stillThere = () => silence.set(SILENCE, () => request.abort());
    const end = (finish: () => void) => () => {
      silence.clear();
      options.signal.removeEventListener('abort', abort);
      finish();
    };
    const abort = () => request.abort();
    request.open('POST', url);
    request.withCredentials = options.credentials === 'include';
    for (const [name, value] of Object.entries(options.headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded }) => {
      stillThere();
      options.onProgress(Math.min(loaded / file.size, 1));
    });
    request.addEventListener(
      'load',
      end(() =>
        resolve({
          status: request.status,
          text: request.responseText,
          retryAfter: request.getResponseHeader('retry-after'),
        }),
      ),
    );
    for (const type of ['error', 'abort'] as const)
      request.addEventListener(
        type,
        end(() => reject(new Error(`The upload ended: ${type}.`))),
      );
    options.signal.addEventListener('abort', abort);
    stillThere();
    request.send(file);
  });
}
