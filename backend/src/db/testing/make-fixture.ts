/**
 * Writes a backup of a small support desk with the shape of data that this program writes today, for the tests of
 * migrations to come: `bun backend/src/db/testing/make-fixture.ts backend/src/db/testing/schema-version-N.tar.gz`.
 */
import { createChat, createPerson, createVisitor, loginAdmin } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { startTestServer, stopTestServer } from '../../testing/start-test-server.ts';
import { backup } from '../care/backup.ts';
import { dataFolder } from '../care/data-folder.ts';

const [file = ''] = process.argv.slice(2);
const server = await startTestServer();
const { url } = server;
const admin = await loginAdmin(url);
const agent = await createPerson(url, admin, { name: 'Anna Agent' });

/** Opens a chat and says in turn what the customer (`?…`) and the agent (`!…`) say. */
async function talk(name: string, lines: readonly string[], isEnded: boolean): Promise<void> {
  const visitor = await createVisitor(url);
  const chatId = await createChat(url, visitor, { name, message: lines[0]?.slice(1) ?? '' });
  const isAnswered = lines.some((line) => line.startsWith('!'));
  if (isAnswered) await rest(url, `POST /api/chats/${chatId}/assign`, { token: agent.token, body: {} });
  for (const line of lines.slice(1)) {
    const { token } = line.startsWith('!') ? agent : visitor;
    const body = { message: line.slice(1), clientMessageId: crypto.randomUUID() };
    const { status, error } = await rest(url, `POST /api/chats/${chatId}/messages`, { token, body });
    if (status >= 300) throw new Error(error?.message);
  }
  if (isEnded) await rest(url, `POST /api/chats/${chatId}/close`, { token: agent.token, body: {} });
}

await talk('Carla', ['?Where is my order?', '!On its way.', '?Thank you!', '!You are welcome.'], true);
await talk('Émile', ['?Bonjour', '?Il y a quelqu’un ?', '!Oui, bonjour !'], false);
await talk('Waiting Walter', ['?Hello?', '?Anybody there?'], false);

await server.stop();
const manifest = await backup(dataFolder(server.dataDir), file, { force: true });
process.stdout.write(`${JSON.stringify(manifest, null, 2)}\n`);
await stopTestServer({ ...server, stop: async () => undefined });
