import { defineConfig } from 'vitest/config';

/** One runner for everything that needs no browser; the browser tests are Playwright's (examples/e2e). */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['{sdk,backend,agent-ui}/{src,scripts}/**/*.test.{ts,tsx}'],
    // Those are vitest.server.config.ts's.
    exclude: ['**/node_modules/**', '**/*.server.test.ts'],
    // vitest under Bun works with threads only.
    pool: 'threads',
    // Modules do nothing when they are imported, so files may share them: it saves seconds a file.
    isolate: false,
    maxWorkers: 2,
    // How long something is awaited that comes soon: on a machine that does much else a second is nothing.
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 60_000,
    hookTimeout: 20_000,
  },
});
