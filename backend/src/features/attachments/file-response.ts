import { attachmentDisposition } from '../../lib/content-disposition.ts';

/** A file as it is answered with. */
export interface ServedFile {
  path: string;
  size: number;
  type: string;
  name: string;
  /** The same for the same bytes. */
  tag: string;
}

/**
 * Answers with a stranger's file so that it can harm nobody: never shown as a page, never taken for anything but its
 * type, without rights where it is shown all the same. Other pages may fetch it with a token (CORS), none may embed it.
 */
export function fileResponse(request: Request, { path, size, type, name, tag }: ServedFile): Response {
  const etag = `"${tag}"`;
  const headers = {
    'content-type': type,
    'content-disposition': attachmentDisposition(name),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cross-origin-resource-policy': 'same-origin',
    // Asked for again each time: the right to see it may have ended.
    'cache-control': 'private, no-cache',
    vary: 'authorization, cookie',
    'accept-ranges': 'bytes',
    etag,
  };
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
  const file = Bun.file(path);
  const range = rangeOf(request, size, etag);
  if (range === 'whole')
    return new Response(file, { headers: { ...headers, 'content-length': String(size) } });
  if (range === 'none') {
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } });
  }
  const { from, to } = range;
  return new Response(file.slice(from, to + 1), {
    status: 206,
    headers: {
      ...headers,
      'content-range': `bytes ${from}-${to}/${size}`,
      'content-length': String(to - from + 1),
    },
  });
}

/** The one range that is asked for; several at once, or of another version, get the whole. */
function rangeOf(
  request: Request,
  size: number,
  etag: string,
): { from: number; to: number } | 'whole' | 'none' {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get('range') ?? '');
  const version = request.headers.get('if-range');
  if (!asked || (version !== null && version !== etag)) return 'whole';
  const [, first = '', last = ''] = asked;
  if (first === '' && last === '') return 'whole';
  const from = first === '' ? Math.max(size - Number(last), 0) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return from < size && from <= to ? { from, to } : 'none';
}
