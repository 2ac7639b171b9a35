import { rest } from './rest.ts';
import { ADMIN } from './start-test-server.ts';

/** Somebody who is logged in, or a visitor: who they are and their token. */
export interface Person {
  id: string;
  token: string;
}

export const PASSWORD = 'a-long-enough-password';

export async function login(url: string, email: string, password: string): Promise<Person> {
  const { data, status, error } = await rest(url, 'POST /api/auth/login', { body: { email, password } });
  if (status !== 200) throw new Error(`login failed: ${error?.message}`);
  return { id: String((data['user'] as { id: string }).id), token: String(data['token']) };
}

export function loginAdmin(url: string): Promise<Person> {
  return login(url, ADMIN.email, ADMIN.password);
}

let count = 0;

/** Makes a user by the admin's hand and logs them in. */
export async function createPerson(
  url: string,
  admin: Person,
  fields: { role?: 'admin' | 'agent' | 'user'; department?: string | null; name?: string } = {},
): Promise<Person & { email: string }> {
  count += 1;
  const email = `person${count}@example.com`;
  const body = {
    email,
    name: fields.name ?? `Person ${count}`,
    role: 'agent',
    password: PASSWORD,
    ...fields,
  };
  const { status, error } = await rest(url, 'POST /api/users', { token: admin.token, body });
  if (status !== 201) throw new Error(`the user was not made: ${error?.message}`);
  return { ...(await login(url, email, PASSWORD)), email };
}

export async function createVisitor(url: string): Promise<Person> {
  const { data } = await rest(url, 'POST /api/widget/session', { body: { siteKey: 'default' } });
  return { id: String((data['customer'] as { id: string }).id), token: String(data['visitorToken']) };
}

/** A visitor with an open chat; over REST. */
export async function createChat(
  url: string,
  visitor: Person,
  fields: {
    name?: string;
    email?: string;
    department?: string;
    message?: string;
    clientMessageId?: string;
  } = {},
): Promise<string> {
  const body = { name: 'Carla Customer', message: 'Hello?', ...fields };
  const { data, status, error } = await rest(url, 'POST /api/chats', { token: visitor.token, body });
  if (status !== 201) throw new Error(`the chat was not opened: ${error?.message}`);
  return String(data['chatId']);
}
