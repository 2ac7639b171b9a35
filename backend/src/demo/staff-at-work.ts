import { createAgentClient } from '@wzatco/sdk';
import { COLLEAGUES, PASSWORD } from './staff.ts';

/** Signs in whoever of the colleagues is at work: the presence they chose comes back. Returns what sends them home. */
export async function startStaff(url: string): Promise<() => void> {
  const atWork = COLLEAGUES.filter(({ presence }) => presence !== 'offline');
  const clients = await Promise.all(
    atWork.map(async ({ email }) => {
      const client = createAgentClient({ server: url, storage: 'memory' });
      await client.auth.login({ email, password: PASSWORD });
      return client;
    }),
  );
  return () => {
    for (const client of clients) client.stop();
  };
}
