import { connectSocket, type TestSocket } from './live-socket.ts';
import { createChat, createPerson, createVisitor, loginAdmin, type Person } from './people.ts';
import { rest, type RestAnswer } from './rest.ts';
import { startTestServer, stopTestServer, type TestServer } from './start-test-server.ts';

/** An agent with one device. */
export interface DeskAgent extends Person {
  socket: TestSocket;
}

/** A server whose default site offers chats by itself, with a clock that tests move. */
export interface RoutedDesk {
  server: TestServer;
  admin: Person;
  /** Lets time pass, and does what came due. */
  pass(seconds: number): Promise<void>;
  now(): Date;
  call(endpoint: string, body?: unknown): Promise<RestAnswer>;
  settings(body: object): Promise<void>;
  /** A department of its own, so that tests do not meet. Its name. */
  department(): Promise<string>;
  /** An agent who is online there. */
  agent(department: string | null, fields?: { name?: string; status?: string }): Promise<DeskAgent>;
  /** A customer's waiting chat there. Its id. */
  chat(department: string | undefined, visitor?: Person): Promise<string>;
  /** What was decided about a chat, oldest first, e.g. `offered Anna`. */
  decisions(chatId: string): Promise<string[]>;
  stop(): Promise<void>;
}

/** @example const desk = await startRoutedDesk({ routingPolicy: 'least_busy' }); */
export async function startRoutedDesk(settings: object = {}): Promise<RoutedDesk> {
  let clock = new Date();
  const server = await startTestServer({ presenceGraceTime: 50, now: () => clock });
  const admin = await loginAdmin(server.url);
  const sockets: TestSocket[] = [];
  const call: RoutedDesk['call'] = (endpoint, body) =>
    rest(server.url, endpoint, { token: admin.token, ...(body === undefined ? {} : { body }) });
  const desk: RoutedDesk = {
    server,
    admin,
    call,
    now: () => clock,
    async pass(seconds) {
      clock = new Date(clock.getTime() + seconds * 1000);
      await server.features.jobs.runDue();
    },
    async settings(body) {
      const [site] = (await call('GET /api/sites')).list;
      const { error } = await call(`PATCH /api/sites/${String(site?.['id'])}`, body);
      if (error) throw new Error(error.message);
    },
    async department() {
      const name = `Department ${crypto.randomUUID()}`;
      await call('POST /api/departments', { name });
      return name;
    },
    async agent(department, { name = 'Agent', status = 'online' } = {}) {
      const person = await createPerson(server.url, admin, { department, name });
      const socket = await connectSocket(server.url, person.token);
      sockets.push(socket);
      await socket.send('agent_status', { status });
      await socket.hear('agent_presence_update', (event) => event['status'] === status);
      return { ...person, socket };
    },
    async chat(department, visitor) {
      const customer = visitor ?? (await createVisitor(server.url));
      const body = {
        name: 'Carla',
        email: 'carla@example.com',
        message: 'Hello?',
        ...(department === undefined ? {} : { department }),
      };
      return createChat(server.url, customer, body);
    },
    async decisions(chatId) {
      const { list } = await call(`GET /api/chats/${chatId}/routing?limit=100`);
      return list.toReversed().map(({ kind, agent }) => {
        const name = (agent as { name: string } | null)?.name;
        return name ? `${String(kind)} ${name}` : String(kind);
      });
    },
    async stop() {
      for (const socket of sockets) socket.close();
      await stopTestServer(server);
    },
  };
  await desk.settings({ routingPolicy: 'round_robin', ...settings });
  return desk;
}

/** For `hear`: an event about this chat. */
export const about = (chatId: string) => (event: Record<string, unknown>) => event['chatId'] === chatId;
