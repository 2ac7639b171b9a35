/** `bun run db …`: takes care of the data. Says what went wrong in one line, and ends with 1. */
import { parseArgs } from 'node:util';
import { backup } from '../src/db/care/backup.ts';
import { check } from '../src/db/care/check.ts';
import { copy } from '../src/db/care/copy/copy.ts';
import type { CopyResult } from '../src/db/care/copy/copy.ts';
import { embeddedSource } from '../src/db/care/copy/embedded-source.ts';
import { embeddedTarget } from '../src/db/care/copy/embedded-target.ts';
import { mongodbStore } from '../src/db/care/copy/mongodb-store.ts';
import { dataFolder } from '../src/db/care/data-folder.ts';
import type { DataFolder } from '../src/db/care/data-folder.ts';
import { lockFile } from '../src/db/sqlite/index.ts';
import { createProgress } from '../src/db/care/progress.ts';
import { restore } from '../src/db/care/restore.ts';
import { SCHEMA_VERSION } from '../src/db/migrations/migrations.ts';
import { readDataEnv } from '../src/env.ts';

const HELP = `Takes care of the data in DATA_DIR.

  bun run db backup FILE     all of it in one file, while the server runs or not (.tar, or compressed: .tar.gz)
      --force                replaces FILE where it exists
      --without-uploads      the database only
  bun run db restore FILE    puts a backup in place; the server must be stopped. What was there is kept beside it
  bun run db check           is the file sound, and does every index agree with the documents? While the server runs or not
  bun run db copy --to URI   copies the file into a MongoDB database and compares both; interrupted, the same call goes on
  bun run db copy --from URI the same from MongoDB into the file
      --force                deletes first what the target holds

DATA_DIR and MONGODB_URI are read from the environment or .env, as the server does.
`;

type Verb = (args: readonly string[]) => Promise<number>;

const VERBS: Readonly<Record<string, Verb>> = {
  backup: runBackup,
  restore: runRestore,
  check: runCheck,
  copy: runCopy,
};

const [name = 'help', ...args] = process.argv.slice(2);
try {
  process.exitCode = await (VERBS[name] ?? help)(args);
} catch (error) {
  process.stderr.write(`db ${name}: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function help(): Promise<number> {
  const isAsked = /^(--)?help$|^-h$/.test(name);
  if (!isAsked) process.stderr.write(`There is no verb '${name}'.\n\n`);
  (isAsked ? process.stdout : process.stderr).write(HELP);
  return isAsked ? 0 : 1;
}

async function runBackup(given: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...given],
    allowPositionals: true,
    options: { force: { type: 'boolean' }, 'without-uploads': { type: 'boolean' } },
  });
  const file = onlyFile(positionals);
  const manifest = await backup(embedded('mongodump'), file, {
    force: values.force ?? false,
    withUploads: values['without-uploads'] !== true,
  });
  say(
    `${file} holds ${documents(manifest.counts)}${manifest.hasUploads ? ' and the uploads' : ''}, read again and verified.`,
  );
  say('Keep it as secret as the server: it holds what people wrote, and digests of passwords.');
  return 0;
}

async function runRestore(given: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...given], allowPositionals: true });
  const file = onlyFile(positionals);
  const { manifest, undo } = await restore(embedded('mongorestore'), file, SCHEMA_VERSION);
  say(`Restored ${documents(manifest.counts)}, as they were on ${manifest.createdAt}.`);
  if (undo !== undefined)
    say(`What was there before is in ${undo}: to undo, move its files back while the server is stopped.`);
  return 0;
}

async function runCheck(given: readonly string[]): Promise<number> {
  parseArgs({ args: [...given] });
  const progress = createProgress(process.stderr);
  let current = '';
  const findings = await check(embedded('validate() in mongosh'), (collection, done) => {
    if (collection !== current) progress.begin((current = collection), 0);
    progress.update(done);
  });
  progress.end();
  for (const { message } of findings) process.stderr.write(`${message}\n`);
  if (findings.length === 0) {
    say('The data is sound: the file, every index, and the numbers of the messages.');
    return 0;
  }
  process.stderr.write(
    `\nThe data is not sound. Stop the server, keep a copy of DATA_DIR, and restore the last backup that is.\n`,
  );
  return 1;
}

async function runCopy(given: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...given],
    options: { to: { type: 'string' }, from: { type: 'string' }, force: { type: 'boolean' } },
  });
  const uri = values.to ?? values.from;
  if (uri === undefined || (values.to !== undefined && values.from !== undefined)) {
    throw new Error('give --to URI or --from URI, of the MongoDB database; see `bun run db help`');
  }
  if (!/^mongodb(\+srv)?:\/\//.test(uri))
    throw new Error('the URI must begin with mongodb:// or mongodb+srv://');
  const data = dataFolder(readDataEnv(process.env).dataDir);
  const options = { force: values.force ?? false };
  const result =
    values.to === undefined ? await copyIn(data, uri, options) : await copyOut(data, uri, options);
  const goesOn = result.isResumed ? ', going on from where an earlier run stopped' : '';
  say(
    `Copied ${result.documents.toLocaleString('en')} documents in ${result.collections} collections${goesOn}.`,
  );
  say('Both sides were read again and are equal.');
  return 0;
}

type CopyOptions = { readonly force: boolean };

async function copyOut(data: DataFolder, uri: string, options: CopyOptions): Promise<CopyResult> {
  await using stack = new AsyncDisposableStack();
  const source = embeddedSource(data);
  stack.defer(source.close);
  warnOfServer(data);
  const target = await mongodbStore(uri);
  stack.defer(target.close);
  return await copy(source, target, createProgress(process.stderr), options);
}

/** A copy is of one moment, so a server may run; its operator should know what that means. */
function warnOfServer(data: DataFolder): void {
  try {
    lockFile(data.database)();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${reason} What it writes from now on is not copied.\n`);
  }
}

async function copyIn(data: DataFolder, uri: string, options: CopyOptions): Promise<CopyResult> {
  await using stack = new AsyncDisposableStack();
  const source = await mongodbStore(uri);
  stack.defer(source.close);
  const target = embeddedTarget(data);
  stack.defer(target.close);
  return await copy(source, target, createProgress(process.stderr), options);
}

/** The data folder; on MongoDB there is none to take care of. */
function embedded(instead: string): ReturnType<typeof dataFolder> {
  const { dataDir, mongodbUri } = readDataEnv(process.env);
  if (mongodbUri === null) return dataFolder(dataDir);
  throw new Error(
    `the data is on MongoDB (MONGODB_URI is set): use ${instead}, or \`bun run db copy --from …\` to bring it into a file first`,
  );
}

function onlyFile(positionals: readonly string[]): string {
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new Error('give one FILE; see `bun run db help`');
  return file;
}

function documents(counts: Readonly<Record<string, number>>): string {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return `${total.toLocaleString('en')} documents in ${Object.keys(counts).length} collections`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
