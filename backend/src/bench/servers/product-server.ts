/** The product as its own process: `bun product-server.ts [alone]`; `alone`: a commit for every write. */
import { readEnv } from '../../env.ts';
import { createLogger } from '../../lib/log.ts';
import { startServer } from '../../server.ts';
import { answerParent } from './answer-parent.ts';

const isAlone = process.argv.includes('alone');
const server = await startServer(readEnv(process.env), createLogger('error'), {
  ...(isAlone && { databaseLimits: { groupSize: 1 } }),
});
answerParent(Number(new URL(server.url).port));
