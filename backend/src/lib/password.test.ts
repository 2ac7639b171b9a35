import { compare, compareSync, hash as hashOnTheLoop } from 'bcryptjs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe, expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './password.ts';

describe('passwords', () => {
  test('are bcrypt hashes of cost 12 that other bcrypt programs read', async () => {
    const hash = await hashPassword('correct horse ü');
    expect(hash).toMatch(/^\$2[aby]\$12\$/);
    expect(await compare('correct horse ü', hash)).toBe(true);
    expect(await verifyPassword('correct horse ü', await hashOnTheLoop('correct horse ü', 12))).toBe(true);
    expect(await verifyPassword('wrong', hash)).toBe(false);
  });

  test('beyond 72 bytes are refused, never cut', async () => {
    await expect(async () => hashPassword('x'.repeat(73))).rejects.toThrow(/72 bytes/);
    const hash = await hashPassword('x'.repeat(72));
    expect(await verifyPassword(`${'x'.repeat(72)}y`, hash)).toBe(false);
    expect(await verifyPassword('x'.repeat(72), hash)).toBe(true);
  });

  test('nobody’s password is never right', async () => {
    expect(await verifyPassword('', null)).toBe(false);
    expect(await verifyPassword('x'.repeat(100), null)).toBe(false);
  });

  test('are compared off the event loop: 16 at once do not hold it up as 3 on it would', async () => {
    const hash = await hashPassword('password');
    const startedAt = performance.now();
    compareSync('password', hash);
    const onTheLoop = performance.now() - startedAt;
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    await Promise.all(Array.from({ length: 16 }, () => verifyPassword('password', hash)));
    delay.disable();
    // On the loop they would hold it up 16 times as long as one; a busy machine alone does not come near.
    expect(delay.max / 1e6).toBeLessThan(onTheLoop * 3);
  });
});
