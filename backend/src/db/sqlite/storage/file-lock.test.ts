import { expect, test } from 'vitest';
import { connectDatabase } from '../../connect.ts';
import { temporaryFolder } from '../../testing/fixtures.ts';

test('a second connection to one file is refused, naming the process that has it', async () => {
  const folder = temporaryFolder();
  const first = await connectDatabase({ dataDir: folder.path });
  await expect(connectDatabase({ dataDir: folder.path })).rejects.toThrow(
    `in use by process ${process.pid};`,
  );
  await first.close();
  const second = await connectDatabase({ dataDir: folder.path });
  await second.close();
  folder.remove();
});

test('another process is refused, and let in after the first was killed', async () => {
  const folder = temporaryFolder();
  const script = new URL('../../testing/crash-writer.ts', import.meta.url).pathname;
  const child = Bun.spawn([process.execPath, script, folder.path], { stdout: 'pipe', stderr: 'inherit' });
  try {
    const reader = child.stdout.getReader();
    await reader.read();
    await expect(connectDatabase({ dataDir: folder.path })).rejects.toThrow(
      `in use by process ${child.pid};`,
    );
  } finally {
    // A writer that is left behind would write for ever.
    child.kill('SIGKILL');
    await child.exited;
  }
  const database = await connectDatabase({ dataDir: folder.path });
  await database.close();
  folder.remove();
});
