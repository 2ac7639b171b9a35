import type { Connection } from 'mongoose';
import { afterAll, beforeAll, test } from 'vitest';
import type { TestConnection } from '../conformance.ts';
import { embeddedDatabase, filled, nameServer, serverDatabase } from '../fixtures.ts';
import type { AnyCollection } from '../fixtures.ts';
import { outcomeOf, requireSame, requireSameFields } from './compare-outcomes.ts';
import { exactContents } from './exact-contents.ts';

type Fields = Record<string, unknown>;

/** One collection in the embedded database and its like on the server. */
export type Pair = {
  /** Reads the same of both, and throws where results or error codes differ. */
  readonly same: (what: string, read: (collection: AnyCollection) => Promise<unknown>) => Promise<void>;
  /**
   * Changes both, and throws where counts, error codes or what is stored then differ. Tells whether it worked.
   * SecantusDB makes changes in the order that they are written in, and may meet another error first; it also puts new fields in the order of the update; MongoDB, and the driver, in that of their names.
   */
  readonly change: (
    what: string,
    write: (collection: AnyCollection) => Promise<unknown>,
    mayDifferInCode?: boolean,
  ) => Promise<boolean>;
  readonly drop: () => Promise<void>;
};

export type Databases = {
  /** Makes the pair, with the same documents in both. */
  readonly pair: (documents?: readonly Fields[]) => Promise<Pair>;
};

/**
 * Declares tests of the embedded database beside the server of `TEST_MONGODB_URI`; without one, a skipped test
 * says so.
 */
export async function besideServer(
  title: string,
  declare: (databases: Databases, server: 'MongoDB' | 'SecantusDB') => void,
): Promise<void> {
  const uri = process.env['TEST_MONGODB_URI'];
  if (uri === undefined) {
    test.skip(`${title}: not compared with a server, TEST_MONGODB_URI is not set`);
    return;
  }
  const server = await nameServer(uri);
  const opened: TestConnection[] = [];
  beforeAll(async () => {
    opened.push(await embeddedDatabase(), await serverDatabase(uri));
  });
  afterAll(async () => {
    for (const one of opened) await one.close();
  });
  const pair = async (documents: readonly Fields[] = []): Promise<Pair> => {
    const sides = await Promise.all(opened.map(({ connection }) => side(connection, documents)));
    return pairOf(sides, server === 'SecantusDB');
  };
  declare({ pair }, server);
}

type Side = { readonly connection: Connection; readonly collection: AnyCollection };

async function side(connection: Connection, documents: readonly Fields[]): Promise<Side> {
  return { connection, collection: await filled(connection, documents) };
}

function pairOf(sides: readonly Side[], isSecantus: boolean): Pair {
  const both = async <Result>(work: (side: Side) => Promise<Result>): Promise<[Result, Result]> => {
    const [ours, theirs] = await Promise.all(sides.map(work));
    return [ours as Result, theirs as Result];
  };
  const outcomes = (work: (collection: AnyCollection) => Promise<unknown>) =>
    both(({ collection }) => outcomeOf(() => work(collection)));
  return {
    async same(what, read) {
      requireSame(what, ...(await outcomes(read)));
    },
    async change(what, write, mayDifferInCode = false) {
      const [ours, theirs] = await outcomes(write);
      if (isSecantus && mayDifferInCode && 'code' in ours && 'code' in theirs) return false;
      requireSameFields(what, ours, theirs);
      const isDone = 'result' in ours;
      // What fails in the midst of many documents leaves the earlier ones changed on a server, and none here.
      if (!isDone) return false;
      const stored = await both(({ connection, collection }) =>
        exactContents(connection, collection.collectionName),
      );
      const compare = isSecantus ? requireSameFields : requireSame;
      compare(`${what}: what is stored then`, ...stored);
      return true;
    },
    async drop() {
      await both(async ({ collection }) => void (await collection.drop()));
    },
  };
}
