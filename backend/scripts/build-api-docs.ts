/**
 * Builds the page of `/api/docs` into `backend/api-docs/dist`, each file but the page named by its content.
 * Scalar's own package would bring 250 others with it; its plugin for Fastify carries the same script in one piece.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import scalar from '@scalar/fastify-api-reference';
import { fastify } from 'fastify';
import { ROOT } from './workspace.ts';

const FOLDER = join(ROOT, 'backend', 'api-docs');
const DIST = join(FOLDER, 'dist');

const source = (name: string) => readFileSync(join(FOLDER, 'src', name), 'utf8');

const files = {
  'scalar.js': await scalarScript(),
  'start.js': source('start.js'),
  'page.css': source('page.css'),
  'mark.svg': readFileSync(join(ROOT, 'agent-ui', 'src', 'ui', 'mark.svg'), 'utf8'),
};

rmSync(DIST, { recursive: true, force: true });
mkdirSync(join(DIST, 'assets'), { recursive: true });
let page = source('index.html');
for (const [name, content] of Object.entries(files)) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  const hashed = name.replace('.', `-${hash}.`);
  writeFileSync(join(DIST, 'assets', hashed), content);
  page = page.replace(`"${name}"`, `"/api/docs/assets/${hashed}"`);
}
writeFileSync(join(DIST, 'index.html'), page);

async function scalarScript(): Promise<string> {
  const app = fastify();
  await app.register(scalar, { routePrefix: '/', configuration: { url: '/unused' } });
  const { statusCode, body } = await app.inject('/js/scalar.js');
  await app.close();
  if (statusCode !== 200) throw new Error(`Scalar's script is not where it was: ${statusCode}`);
  return body.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
}
