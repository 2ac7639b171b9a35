import { parse, serialize } from 'hono/utils/cookie';

const NAME = 'wzatco_session';

/**
 * The cookie of a login session: no script can read it, no other site's page can send it.
 *
 * @param maxAge In seconds; 0 removes it.
 */
export function sessionCookie(value: string, maxAge: number, secure: boolean): string {
  return serialize(NAME, value, { httpOnly: true, sameSite: 'Strict', path: '/api', maxAge, secure });
}

/** The session token of a request's cookies, null when there is none. */
export function readSessionCookie(header: string | null): string | null {
  return (header && parse(header, NAME)[NAME]) || null;
}
