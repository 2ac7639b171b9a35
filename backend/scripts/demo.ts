/** `bun run demo`: the server with made-up data in a folder that is gone afterwards. */
import { runBuilt } from './run-built.ts';

await runBuilt('src/demo/main.ts', process.argv.slice(2));
