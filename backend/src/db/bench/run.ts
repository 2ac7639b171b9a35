/** Prints how fast the embedded database is: the child of `bun run bench:db`. */
import { nameServer, temporaryFolder } from '../testing/fixtures.ts';
import { readSettings } from './bench-settings.ts';
import { compareWithNothing } from './beside-nothing.ts';
import { compareWithRaw } from './beside-raw.ts';
import { compareCosts } from './compare-costs.ts';
import { measureExport } from './measure-export.ts';
import { measureStalls } from './measure-stalls.ts';
import { dataFolder, openEmbedded, openServer } from './message-store.ts';
import { throughMongoose } from './operations.ts';
import { formatTable } from './result-table.ts';
import type { Result } from './result-table.ts';

const settings = readSettings(process.argv.slice(2));
const folder = temporaryFolder();
const many = settings.documents.toLocaleString('en');
const few = settings.fewDocuments.toLocaleString('en');

function print(title: string, results: readonly Result[]): void {
  console.log(formatTable(title, results));
}

async function compareSizes(): Promise<void> {
  const large = await openEmbedded(folder.path, settings.documents);
  const small = await openEmbedded(folder.path, settings.fewDocuments);
  const [one, other] = [large, small].map((store) =>
    throughMongoose(store.model, store.documents, store.removeAdded, true),
  );
  if (one !== undefined && other !== undefined) {
    print(`through Mongoose: ${many} documents by ${few}`, await compareCosts(one, other, 1.5, settings));
  }
  await small.close();
  print('through Mongoose, by a driver that does nothing', await compareWithNothing(large, false, settings));
  print('the same with lean()', await compareWithNothing(large, true, settings));
  await large.close();
}

async function compareWithServer(): Promise<void> {
  const uri = process.env['TEST_MONGODB_URI'];
  if (!uri) return console.log('No TEST_MONGODB_URI: no server to compare with.\n');
  const server = await openServer(uri, settings.fewDocuments);
  const embedded = await openEmbedded(folder.path, settings.fewDocuments);
  const [one, other] = [embedded, server].map((store) =>
    throughMongoose(store.model, store.documents, store.removeAdded, true),
  );
  if (one !== undefined && other !== undefined) {
    const title = `through Mongoose, by ${await nameServer(uri)} on this machine: ${few} documents`;
    print(title, await compareCosts(one, other, undefined, settings));
  }
  await embedded.close();
  await server.close();
}

async function measureLongWork(): Promise<void> {
  const dataDir = dataFolder(folder.path, settings.documents);
  const memory = await measureExport(dataDir, settings.documents);
  const store = await openEmbedded(folder.path, settings.documents);
  print('long work: how long the event loop stood still', [memory, ...(await measureStalls(store, dataDir))]);
  await store.close();
}

try {
  if (settings.isQuick) console.log(`A quick run with ${many} documents: the goals are for 1,000,000.\n`);
  console.log(`Writing ${many} messages …\n`);
  await compareSizes();
  print('the driver without Mongoose, by raw bun:sqlite', await compareWithRaw(folder.path, settings));
  await compareWithServer();
  await measureLongWork();
} finally {
  folder.remove();
}
