/**
 * The origin that a request was sent to, from its Host header; the scheme is a proxy's word where one is believed.
 *
 * @example serverOrigin(new Request('http://localhost:5000/api/health'), 0) // 'http://localhost:5000'
 */
export function serverOrigin(request: Request, trustProxy: number): string {
  const url = new URL(request.url);
  const host = request.headers.get('host') ?? url.host;
  const forwarded =
    trustProxy > 0 ? request.headers.get('x-forwarded-proto')?.split(',').at(-1)?.trim() : null;
  const scheme = forwarded === 'https' || url.protocol === 'https:' ? 'https' : 'http';
  return `${scheme}://${host}`;
}
