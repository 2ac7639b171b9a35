import { afterEach, expect, test } from 'vitest';
import { hireAgent, stopClients } from './live-clients.ts';
import { startRestartableServer } from './restartable-server.ts';

afterEach(stopClients);

test('agents are hired by a server that has the address of an earlier one, and once by each', async () => {
  const server = await startRestartableServer();
  try {
    const { agent: earlier } = await hireAgent(server.url, 'Anna Agent');
    earlier.stop();
    await server.stop();
    await server.loseData();
    await server.start();
    const { id } = await hireAgent(server.url, 'Anna Agent');
    expect(id).not.toBe('');
    expect((await hireAgent(server.url, 'Anna Agent')).id).toBe(id);
  } finally {
    stopClients();
    await server.remove();
  }
});
