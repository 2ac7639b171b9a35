import { buildFrontEnds } from './build-front-ends.ts';
import { installPackages } from './install-packages.ts';

await installPackages();
await buildFrontEnds();
