/**
 * Everything that must hold: format, lint, types, that nothing is left over, then every test. Prints what each part
 * found and ends with the counts of all of it; a check that fails counts as one failure.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findChrome } from '../../examples/e2e/find-chrome.ts';
import { offerWireServer } from './offer-wire-server.ts';
import { ROOT } from './workspace.ts';

interface Counts {
  passed: number;
  failed: number;
}

/** What vitest says of its tests, as JSON. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { assertionResults: { status: string; fullName: string }[] }[];
}

const COUNTS = join(ROOT, 'node_modules', '.cache', 'counts.json');
const BROWSER_COUNTS = join(ROOT, 'examples', 'e2e', 'results', 'counts.json');

try {
  const { passed, failed } = sum([...(await checks()), ...(await allTests())]);
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  process.exit(failed === 0 ? 0 : 1);
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${reason}\n\n0 passed, 1 failed\n`);
  process.exit(1);
}

async function checks(): Promise<Counts[]> {
  const results: Counts[] = [];
  for (const script of ['format:check', 'lint', 'types', 'unused']) {
    title(script);
    results.push(
      (await succeeds(['bun', 'run', script])) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 },
    );
  }
  return results;
}

/** The tests, on the embedded database and on a server that speaks MongoDB's protocol where there is one. */
async function allTests(): Promise<Counts[]> {
  const server = await offerWireServer();
  try {
    if (server) process.env['TEST_MONGODB_URI'] = server.uri;
    title(`tests without a browser; the database's conformance ${server ? `on ${server.name} too` : ''}`);
    const unit = await vitest('test:unit');
    const onServer = server ? [await serverTests(server.name)] : [];
    const browser = await browserTests();
    process.stdout.write(
      server
        ? `\nThe databases tested: the embedded one, and ${server.name}.\n`
        : '\nOnly the embedded database was tested: there is no mongod, and no Python 3 for SecantusDB.\n',
    );
    return [unit, ...onServer, browser];
  } finally {
    await server?.stop();
  }
}

function serverTests(name: string): Promise<Counts> {
  title(`the servers' tests once more, with their data on ${name}`);
  return vitest('test:server');
}

async function vitest(script: 'test:unit' | 'test:server'): Promise<Counts> {
  rmSync(COUNTS, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${COUNTS}`];
  const ok = await succeeds(['bun', 'run', script, ...reporters]);
  const report = readJson<Report>(COUNTS);
  if (!report) return { passed: 0, failed: 1 };
  for (const test of report.testResults.flatMap(({ assertionResults }) => assertionResults)) {
    if (test.status !== 'passed' && test.status !== 'failed')
      process.stdout.write(`skipped: ${test.fullName}\n`);
  }
  // A runner that fails without a failed test has broken down itself.
  return { passed: report.numPassedTests, failed: ok ? 0 : Math.max(1, report.numFailedTests) };
}

async function browserTests(): Promise<Counts> {
  title('tests in a browser');
  if (!findChrome()) {
    process.stderr.write(
      'The browser tests need an installed Chrome or Chromium: install one, or set CHROME_PATH.\n',
    );
    return { passed: 0, failed: 1 };
  }
  rmSync(BROWSER_COUNTS, { force: true });
  const ok = await succeeds(['bun', 'run', 'test:browser']);
  const report = readJson<{ stats: { expected: number; unexpected: number; flaky: number } }>(BROWSER_COUNTS);
  if (!report) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky } = report.stats;
  return { passed: expected, failed: ok ? flaky : Math.max(1, unexpected + flaky) };
}

async function succeeds([program, ...args]: [string, ...string[]]): Promise<boolean> {
  const child = Bun.spawn([program === 'bun' ? process.execPath : program, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    // The servers that tests start are run by the same Bun.
    env: { ...process.env, PATH: `${join(process.execPath, '..')}:${process.env['PATH']}` },
  });
  return (await child.exited) === 0;
}

function readJson<Shape>(file: string): Shape | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    process.stderr.write(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return null;
  }
}

function sum(all: Counts[]): Counts {
  return all.reduce((total, { passed, failed }) => ({
    passed: total.passed + passed,
    failed: total.failed + failed,
  }));
}

function title(text: string): void {
  process.stdout.write(`\n── ${text}\n`);
}
