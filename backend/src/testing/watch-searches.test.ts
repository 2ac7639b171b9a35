import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './start-test-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.stop());

test('what the start and the jobs search has an index', () => {
  expect(() => server.searches.end()).not.toThrow();
});

test('a search without an index is reported with its collection, reason and shape', async () => {
  const { customers } = server.features.chat;
  await customers.find({ name: 'Carla', verified: true }).sort({ email: -1 }).limit(5).lean();
  expect(() => server.searches.end()).toThrow(
    'customers: scans the collection: {"name":"…","verified":"…"} sorted by email -1 limit 5',
  );
});

test('so is the walk of a whole index, and a sort in memory', async () => {
  const { chats } = server.features.chat;
  await chats.find({ page: 'x' }).sort({ status: 1, lastActivityAt: -1, _id: -1 }).limit(5).lean();
  await chats.findOneAndUpdate({ status: 'closed' }, { $set: { rating: 1 } }, { sort: { rating: 1 } });
  expect(() => server.searches.end()).toThrow(
    /chats: walks the whole index status_1_lastActivityAt_-1__id_-1: {"page".*\n.*chats: sorts in memory what it found by/,
  );
});

test('a count, a change and an aggregation are searches too', async () => {
  const { messages } = server.features.chat;
  await messages.countDocuments();
  await messages.deleteMany({ content: 'x' });
  await messages.aggregate([{ $match: { editedAt: null } }]);
  expect(() => server.searches.end()).toThrow(/messages: .*{}\n.*"content".*\n.*"editedAt"/);
});

test('the first of all, in an order that an index has, is no scan', async () => {
  await server.features.chat.chats.find().sort({ status: 1, lastActivityAt: -1, _id: -1 }).limit(5).lean();
  await server.features.models.users.exists({});
  expect(() => server.searches.end()).not.toThrow();
});
