import type { Database } from 'bun:sqlite';
import { sqliteOf } from '../../db/testing/embedded.ts';
import { connectSocket } from '../live-socket.ts';
import { rest } from '../rest.ts';
import { againstServer, storedIn } from './against-server.ts';
import { displaysAtRest } from './come-to-rest.ts';
import type { Fault } from './fault.ts';
import type { History } from './history.ts';
import { fetchDisplay, openRecordedChat, type RecordedChat } from './recorded-chat.ts';
import { talkOn } from './talk-on.ts';
import { talkAlone, talkByClients, talkBySocket } from './talkers.ts';

/** So often in a row is one message refused before the disk counts as full. */
const REFUSALS = 5;
/** SQLite's own bound: no page more than this. */
const MOST_PAGES = 4_294_967_294;

/** The disk is full while people write, and has room again after a while. */
export const fullDisk: Fault = {
  name: 'a full disk',
  run: ({ size, rounds = size === 'long' ? 10 : 1 }) =>
    againstServer(async (server, history) => {
      const { url, features } = server;
      const { writer } = sqliteOf(features.chat.connection);
      const talkers = [
        ...(await talkByClients(url, history)),
        await talkAlone(url, history),
        await talkBySocket(url, history),
      ];
      await Promise.all(talkers.map((talker) => talker.serverIsUp()));
      const chat = await openRecordedChat(url, history);
      const faults: string[] = [];
      for (let round = 1; round <= rounds; round += 1) {
        await talkOn(talkers, 3);
        setMostPages(writer, Number(Object.values(writer.query('PRAGMA page_count').get() ?? {})[0]));
        const send = await fill(url, chat, history);
        faults.push(...history.compare(storedIn(server)), ...(await unreadable(url, chat)));
        setMostPages(writer, MOST_PAGES);
        if (!(await send())) faults.push('there is room, and a message is still refused');
      }
      const displays = await displaysAtRest(talkers, () => storedIn(server));
      return { displays: [...displays, await fetchDisplay(url, chat)], faults, note: `${rounds} times` };
    }),
};

function setMostPages(writer: Database, pages: number): void {
  writer.run(`PRAGMA max_page_count = ${pages}`);
}

/** Writes until the disk is full. Returns how to send the message that was refused. */
async function fill(
  url: string,
  { visitor, chatId }: RecordedChat,
  history: History,
): Promise<() => Promise<boolean>> {
  for (;;) {
    const [clientMessageId, message] = [crypto.randomUUID(), 'x'.repeat(9_000)];
    history.attempt(clientMessageId);
    const send = async () => {
      const body = { message, clientMessageId };
      const { status, data } = await rest(url, `POST /api/chats/${chatId}/messages`, {
        token: visitor.token,
        body,
      });
      if (status !== 201) return false;
      history.acknowledge({ chatId, clientMessageId, seq: Number(data['seq']), content: message });
      return true;
    };
    let refusals = 0;
    while (refusals < REFUSALS && !(await send())) refusals += 1;
    if (refusals === REFUSALS) return send;
  }
}

/** What cannot be read while nothing can be written. */
async function unreadable(url: string, { visitor, chatId }: RecordedChat): Promise<string[]> {
  const overHttp = await rest(url, `GET /api/chats/${chatId}/messages`, { token: visitor.token });
  const socket = await connectSocket(url, visitor.token);
  const live = await socket.send('sync_chat', { chatId, afterSeq: 0 });
  socket.close();
  return [overHttp.error, live.error].flatMap((error) => (error ? [`not readable: ${error.message}`] : []));
}
