import type { Database, Statement } from 'bun:sqlite';
import { Types } from 'mongoose';
import { Checkpoints } from '../../db/sqlite/storage/checkpoints.ts';
import { openDatabaseFile } from '../../db/sqlite/storage/database-file.ts';
import { loadCatalog, type CollectionEntry, type IndexEntry } from '../../db/sqlite/storage/catalog.ts';
import { decodeExact, encodeDocument, type Document } from '../../db/sqlite/values/bson.ts';
import { encodeCompound, encodeKey } from '../../db/sqlite/values/key-encoding.ts';

interface Chat {
  key: Uint8Array;
  chatId: Types.ObjectId;
  customerId: unknown;
  seq: number;
  /** Where its number stands in its document's bytes. */
  seqAt: number;
}

/**
 * What a program would write by hand on bun:sqlite for a message, on a copy of the product's file: the same rows of the
 * same length in the same tables and indexes, in prepared statements, and what comes together in one durable commit.
 * Documents are bytes already, of which only the chat's number is changed; the file is opened and its log kept short as by
 * the product.
 */
export class RawStore {
  readonly #db: Database;
  readonly #checkpoints: Checkpoints;
  readonly #groupSize: number;
  #pause: (() => Promise<void>) | undefined;
  readonly #chats = new Map<string, Chat>();
  readonly #findChat: Statement;
  readonly #replaceChat: Statement;
  readonly #insertMessage: Statement;
  readonly #bySeq: Statement;
  readonly #bySender: Statement;
  readonly #message = encodeDocument(sampleRecord());
  #waiting: { chat: Chat; clientMessageId: string; stored: () => void }[] = [];

  /** @param groupSize how many messages share a commit at most */
  constructor(path: string, groupSize = Infinity) {
    this.#groupSize = groupSize;
    const file = openDatabaseFile(path);
    this.#db = file.writer;
    this.#checkpoints = new Checkpoints(file, (work) => {
      this.#pause = work;
    });
    const catalog = loadCatalog(this.#db);
    const chats = collectionOf(catalog.get('chats'));
    const messages = collectionOf(catalog.get('messages'));
    this.#findChat = this.#db.prepare(`SELECT rid, doc FROM ${chats.table} WHERE id = ?`);
    this.#replaceChat = this.#db.prepare(`UPDATE ${chats.table} SET doc = ? WHERE rid = ?`);
    this.#insertMessage = this.#db.prepare(`INSERT INTO ${messages.table} (id, doc) VALUES (?, ?)`);
    this.#bySeq = this.#db.prepare(indexOn(messages, 'chatId,seq').statements.insert);
    this.#bySender = this.#db.prepare(indexOn(messages, 'senderId,clientMessageId,chatId').statements.insert);
    for (const [doc] of this.#db.query(`SELECT doc FROM ${chats.table}`).values() as [Uint8Array][]) {
      const chat = decodeExact(doc);
      const seqAt = Buffer.from(doc).indexOf('lastSeq\0') + 'lastSeq\0'.length;
      this.#chats.set(String(chat['_id']), { ...chatOf(chat), seqAt });
    }
  }

  /** Resolves when the message is on the disk. */
  store(chatId: string, clientMessageId: string): Promise<void> {
    const chat = this.#chats.get(chatId);
    if (chat === undefined) throw new Error(`there is no chat ${chatId}`);
    if (this.#waiting.length === 0) setImmediate(() => void this.#commit());
    return new Promise((stored) => this.#waiting.push({ chat, clientMessageId, stored }));
  }

  async #commit(): Promise<void> {
    const pause = this.#pause;
    this.#pause = undefined;
    await pause?.();
    const group = this.#waiting.splice(0, this.#groupSize);
    this.#db.run('BEGIN IMMEDIATE');
    for (const { chat, clientMessageId } of group) this.#write(chat, clientMessageId);
    this.#db.run('COMMIT');
    this.#checkpoints.noticeCommit();
    for (const { stored } of group) stored();
    if (this.#waiting.length > 0) setImmediate(() => void this.#commit());
  }

  #write(chat: Chat, clientMessageId: string): void {
    chat.seq += 1;
    const [[rid, doc] = []] = this.#findChat.values(chat.key) as [number, Uint8Array][];
    if (rid === undefined || doc === undefined) throw new Error('a chat is missing');
    // SQLite leaves a page as it is that would not change.
    new DataView(doc.buffer, doc.byteOffset).setInt32(chat.seqAt, chat.seq, true);
    this.#replaceChat.run(doc, rid);
    const id = encodeKey(new Types.ObjectId());
    const { lastInsertRowid } = this.#insertMessage.run(id, this.#message);
    this.#bySeq.run(encodeCompound([chat.chatId, chat.seq], [false, false]), lastInsertRowid);
    const names = [chat.customerId, clientMessageId, chat.chatId];
    this.#bySender.run(encodeCompound(names, [false, false, false]), lastInsertRowid);
  }
}

function chatOf(chat: Document): Omit<Chat, 'seqAt'> {
  return {
    key: encodeKey(chat['_id']),
    chatId: chat['_id'] as Types.ObjectId,
    customerId: chat['customerId'],
    seq: Number(chat['lastSeq']),
  };
}

function collectionOf(entry: CollectionEntry | undefined): CollectionEntry {
  if (entry === undefined) throw new Error('the file holds no chats');
  return entry;
}

function indexOn({ indexes }: CollectionEntry, paths: string): IndexEntry {
  const found = indexes.find(({ spec }) => spec.fields.map(([path]) => path).join() === paths);
  if (found === undefined) throw new Error(`no index on ${paths}`);
  return found;
}

/** As many bytes as a message has. */
function sampleRecord(): Document {
  const id = new Types.ObjectId();
  const at = new Date();
  return {
    _id: id,
    chatId: id,
    seq: 1,
    rev: 1,
    clientMessageId: 'c-1234-0123456789-0123456789',
    content: 'Good morning, where is my parcel? It was to come on Tuesday.',
    createdAt: at,
    attachments: [],
    sender: 'customer',
    senderName: 'Customer 123',
    senderId: id,
    editedAt: null,
    deletedAt: null,
    updatedAt: at,
  };
}
