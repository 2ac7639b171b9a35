import { expect, test } from 'vitest';
import { createRateLimit } from '../../lib/rate-limit.ts';
import type { Context } from '../../lib/context.ts';
import { countUpload, createUploadLimits } from './upload-limits.ts';

const KB = 1024;
/** All that counting reads of a context: one of many visitors of an address. */
const visitor = (number: number, ip = '203.0.113.7') =>
  ({ actor: { kind: 'visitor', customerId: `customer-${number}` }, ip }) as Context;

/** How many files of this size an address may upload, by as many visitors as it likes. */
async function taken(maxBytes: number, bytes: number): Promise<number> {
  const limits = createUploadLimits(createRateLimit, maxBytes);
  for (let count = 0; count < 2_000; count += 1) {
    const refused = await countUpload(limits, visitor(count), bytes).then(
      () => null,
      (error: unknown) => error,
    );
    if (!refused) continue;
    expect(refused).toMatchObject({
      code: 'RATE_LIMITED',
      message: expect.stringContaining('from your address'),
      details: { retryAfterMs: expect.any(Number) },
    });
    await countUpload(limits, visitor(count + 1, '203.0.113.8'), bytes);
    return count;
  }
  return Infinity;
}

test.each([
  ['tiny files, each of them like 64 KB', 640 * KB, 1, 1000],
  ['large files, by their bytes', 640 * KB, 640 * KB, 100],
  ['files where only small ones are taken', 1 * KB, 1 * KB, 100],
])('an address has a day’s share of %s', async (_, maxBytes, bytes, files) => {
  expect(await taken(maxBytes, bytes)).toBe(files);
});

test('what came to nothing is given back as it was counted', async () => {
  const limits = createUploadLimits(createRateLimit, 64 * KB);
  for (let count = 0; count < 200; count += 1) {
    const giveBack = await countUpload(limits, visitor(count), 1);
    await giveBack();
  }
});
