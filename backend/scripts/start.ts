/** The one command: the server, installed and built first where need be. */
import { runBuilt } from './run-built.ts';

await runBuilt('src/main.ts');
