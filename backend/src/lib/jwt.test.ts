import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { createTokens, verifyIdentity } from './jwt.ts';

const SECRET = 'a-secret-of-at-least-32-characters';
const ID = '0'.repeat(24);
const tokens = createTokens(SECRET);

const signed = (change: (jwt: SignJWT) => SignJWT, alg = 'HS256') =>
  change(new SignJWT({ id: ID, sid: ID }).setProtectedHeader({ alg }).setAudience('staff')).sign(
    new TextEncoder().encode(SECRET),
  );

describe('tokens', () => {
  test('are read back, and only as what they are', async () => {
    const staff = await tokens.signStaff({ id: ID, sid: ID });
    const visitor = await tokens.signVisitor({ customerId: ID, siteId: ID });
    expect(await tokens.verifyStaff(staff)).toEqual({ id: ID, sid: ID });
    expect(await tokens.verifyVisitor(visitor)).toEqual({
      customerId: ID,
      siteId: ID,
      exp: expect.any(Number),
    });
    expect(await tokens.verifyStaff(visitor)).toBeNull();
    expect(await tokens.verifyVisitor(staff)).toBeNull();
  });

  test('without an end, ended, of another algorithm or another secret are not valid', async () => {
    expect(await tokens.verifyStaff(await signed((jwt) => jwt))).toBeNull();
    expect(await tokens.verifyStaff(await signed((jwt) => jwt.setExpirationTime('-1s')))).toBeNull();
    expect(await tokens.verifyStaff(await signed((jwt) => jwt.setExpirationTime('1h'), 'HS512'))).toBeNull();
    const other = createTokens('another-secret-of-32-characters!!');
    expect(await tokens.verifyStaff(await other.signStaff({ id: ID, sid: ID }))).toBeNull();
    expect(await tokens.verifyStaff('not a token')).toBeNull();
  });

  test('of a clock that is an hour ahead are good, and those for an hour of one that is an hour behind have ended', async () => {
    const hour = 3_600_000;
    let time = Date.now();
    const moved = createTokens(SECRET, () => new Date(time));
    const token = await moved.signStaff({ id: ID, sid: ID });
    time -= hour;
    expect(await moved.verifyStaff(token)).toEqual({ id: ID, sid: ID });

    const identity = (issuedAt: number) =>
      new SignJWT({ sub: 'ada' })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuedAt(new Date(issuedAt))
        .setExpirationTime(new Date(issuedAt + hour))
        .sign(new TextEncoder().encode(SECRET));
    const now = new Date();
    const taken = async (issuedAt: number) =>
      (await verifyIdentity(await identity(issuedAt), SECRET, now))?.sub ?? null;
    const offBy = [hour, 0, 60_000 - hour, -hour];
    expect(await Promise.all(offBy.map((off) => taken(now.getTime() + off)))).toEqual([
      'ada',
      'ada',
      'ada',
      null,
    ]);
  });

  test('a short secret is refused: jose itself would sign with it', () => {
    expect(() => createTokens('short')).toThrow(/32/);
  });
});
