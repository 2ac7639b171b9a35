import { email, LIMITS, name } from '@wzatco/sdk/contract';
import { jwtVerify, SignJWT, errors } from 'jose';
import { z } from 'zod';

const DAY = 24 * 60 * 60;

/** How long each kind of token is valid, in seconds (SPEC §5). */
export const TOKEN_SECONDS = { staff: 15 * DAY, visitor: 180 * DAY } as const;

const objectId = z.string().regex(/^[0-9a-f]{24}$/);
const staffClaims = z.object({ id: objectId, sid: objectId });
const visitorClaims = z.object({ customerId: objectId, siteId: objectId, exp: z.int() });
/** The first characters of a name, as many as one may have. */
const cutName = (text: string) => Array.from(text.trim()).slice(0, LIMITS.name).join('');
const identityClaims = z.object({
  sub: z.string().min(1).max(200),
  // Who signed in is known by `sub`: an optional claim that is of no use must not keep them out.
  name: z.string().transform(cutName).pipe(name).optional().catch(undefined),
  email: email.optional().catch(undefined),
});

export type StaffClaims = z.infer<typeof staffClaims>;
export type VisitorClaims = z.infer<typeof visitorClaims>;
export type IdentityClaims = z.infer<typeof identityClaims>;

/** Signs and checks the server's tokens. A token of one audience is never accepted as another. */
export interface Tokens {
  signStaff(claims: StaffClaims): Promise<string>;
  signVisitor(claims: Pick<VisitorClaims, 'customerId' | 'siteId'>): Promise<string>;
  /** Null when it is not a valid token of this audience. */
  verifyStaff(token: string): Promise<StaffClaims | null>;
  verifyVisitor(token: string): Promise<VisitorClaims | null>;
}

/**
 * @param secret At least 32 characters: jose would sign with less.
 * @param now The clock, for tests.
 */
export function createTokens(secret: string, now: () => Date = () => new Date()): Tokens {
  if (secret.length < 32) throw new Error('The token secret must have at least 32 characters.');
  const key = new TextEncoder().encode(secret);
  const sign = (audience: keyof typeof TOKEN_SECONDS, claims: Record<string, string>) => {
    const issuedAt = Math.floor(now().getTime() / 1000);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience(audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + TOKEN_SECONDS[audience])
      .sign(key);
  };
  return {
    signStaff: ({ id, sid }) => sign('staff', { id, sid }),
    signVisitor: ({ customerId, siteId }) => sign('visitor', { customerId, siteId }),
    verifyStaff: (token) => verify(token, key, staffClaims, { audience: 'staff', currentDate: now() }),
    verifyVisitor: (token) => verify(token, key, visitorClaims, { audience: 'visitor', currentDate: now() }),
  };
}

/**
 * Checks an identity that a site's own backend signed with the site's secret (HS256; `sub`, at most 200 characters, and
 * `exp` required). Null when it is not valid. An optional `name` or `email` that is none is left out, and a name that is
 * too long is cut to 100 characters.
 *
 * @example (await verifyIdentity(token, site.identitySecret, now()))?.sub
 */
export function verifyIdentity(token: string, siteSecret: string, now: Date): Promise<IdentityClaims | null> {
  return verify(token, new TextEncoder().encode(siteSecret), identityClaims, { currentDate: now });
}

async function verify<Claims>(
  token: string,
  key: Uint8Array,
  claims: z.ZodType<Claims>,
  options: { audience?: string; currentDate: Date },
): Promise<Claims | null> {
  try {
    const { payload } = await jwtVerify(token, key, {
      ...options,
      algorithms: ['HS256'],
      requiredClaims: ['exp'],
    });
    return claims.safeParse(payload).data ?? null;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}
