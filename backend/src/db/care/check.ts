import type { Database } from 'bun:sqlite';
import { mongo } from 'mongoose';
import { checkFile, openFileToRead, Snapshot } from '../sqlite/index.ts';
import type { Finding, OnProgress } from '../sqlite/index.ts';
import { checkChats } from './check-chats.ts';
import { checkUploads } from './check-uploads.ts';
import type { DataFolder } from './data-folder.ts';
import { finishRestore } from './finish-restore.ts';

/** More of the same say nothing new. */
const MOST = 20;
const BY_NUMBER = 'chatId_1_seq_1';

/**
 * Checks the embedded data, while a server runs or not: the file's structure, every index against the documents, the
 * numbers of the messages, and the files of the attachments. Nothing is changed.
 *
 * @returns what is wrong; nothing is good news
 * @throws Error where there is no database
 * @example const findings = await check(dataFolder('./data'));
 */
export async function check(data: DataFolder, onProgress?: OnProgress): Promise<Finding[]> {
  finishRestore(data);
  const findings = checkDatabaseFile(data.database, onProgress);
  // The walk below follows an index: it can be believed only where that one is sound.
  if (findings.length > 0) return findings;
  using snapshot = new Snapshot(data.database);
  if (hasIndex(snapshot, 'messages', BY_NUMBER)) {
    const chats = decoded(snapshot.documents('chats'));
    await gather(findings, checkChats(chats, snapshot.byIndex('messages', BY_NUMBER)));
  }
  if (snapshot.collections().some(({ name }) => name === 'attachments')) {
    await gather(findings, checkUploads(data.uploads, decoded(snapshot.documents('attachments'))));
  }
  return findings;
}

async function gather(
  findings: Finding[],
  messages: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  let count = 0;
  for await (const message of messages) {
    if (count === MOST) return void findings.push({ message: 'and more of this kind' });
    findings.push({ message });
    count += 1;
  }
}

/** What is wrong in one file of the embedded database, in one committed state of it. */
export function checkDatabaseFile(file: string, onProgress?: OnProgress): Finding[] {
  let db: Database | undefined;
  try {
    db = openFileToRead(file);
    db.run('BEGIN');
    return [...checkFile(db, onProgress)];
  } catch (error) {
    // So damaged that SQLite cannot even look.
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!/^SQLITE_(CORRUPT|NOTADB)/.test(code)) throw error;
    return [{ message: `the file is damaged: ${error instanceof Error ? error.message : code}` }];
  } finally {
    db?.close();
  }
}

function hasIndex(snapshot: Snapshot, collection: string, index: string): boolean {
  const found = snapshot.collections().find(({ name }) => name === collection);
  return found?.indexes.some(({ name }) => name === index) ?? false;
}

function* decoded(documents: Iterable<Uint8Array>): Generator<Record<string, unknown>> {
  for (const bytes of documents) yield mongo.BSON.deserialize(bytes);
}
