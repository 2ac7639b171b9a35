import { compare, compareSync, hash as hashOnTheLoop } from 'bcryptjs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe, expect, test } from 'vitest';
import { createPasswords } from './password.ts';

const passwords = createPasswords();

describe('passwords', () => {
  test('are bcrypt hashes of cost 12 that other bcrypt programs read', async () => {
    const hash = await passwords.hash('correct horse ü');
    expect(hash).toMatch(/^\$2[aby]\$12\$/);
    expect(await compare('correct horse ü', hash)).toBe(true);
    expect(await passwords.matches('correct horse ü', await hashOnTheLoop('correct horse ü', 12))).toBe(true);
    expect(await passwords.matches('wrong', hash)).toBe(false);
  });

  test('beyond 72 bytes are refused, never cut', async () => {
    await expect(async () => passwords.hash('x'.repeat(73))).rejects.toThrow(/72 bytes/);
    const hash = await passwords.hash('x'.repeat(72));
    expect(await passwords.matches(`${'x'.repeat(72)}y`, hash)).toBe(false);
    expect(await passwords.matches('x'.repeat(72), hash)).toBe(true);
  });

  test('nobody’s password is never right', async () => {
    expect(await passwords.matches('', null)).toBe(false);
    expect(await passwords.matches('x'.repeat(100), null)).toBe(false);
  });

  test('are compared off the event loop: 16 at once do not hold it up as 3 on it would', async () => {
    const hash = await passwords.hash('password');
    const startedAt = performance.now();
    compareSync('password', hash);
    const onTheLoop = performance.now() - startedAt;
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    await Promise.all(Array.from({ length: 16 }, () => passwords.matches('password', hash)));
    delay.disable();
    // On the loop they would hold it up 16 times as long as one; a busy machine alone does not come near.
    expect(delay.max / 1e6).toBeLessThan(onTheLoop * 3);
  });
});
