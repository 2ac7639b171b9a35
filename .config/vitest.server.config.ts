import { defineConfig } from 'vitest/config';

/** The tests that start whole servers, once more: each of these has its data on the server of `TEST_MONGODB_URI`. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: [
      'backend/src/*.test.ts',
      'backend/src/features/**/*.test.ts',
      'backend/src/**/*.server.test.ts',
    ],
    // These two start nothing.
    exclude: ['backend/src/{env,lanes}.test.ts'],
    env: { TEST_DATABASE: 'server' },
    pool: 'threads',
    // Modules do nothing when they are imported, so files may share them: it saves seconds a file.
    isolate: false,
    maxWorkers: 2,
    // How long something is awaited that comes soon: on a machine that does much else a second is nothing.
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
