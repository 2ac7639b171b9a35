import { expect, test } from 'vitest';
import { filesOf } from './build-front-ends.ts';

test('a change of any source, page or setting makes a front end stale; a change of a test does not', () => {
  expect(filesOf('sdk')).toEqual(
    expect.arrayContaining([
      'sdk/src/element/wzatco-chat.ts',
      'sdk/src/client/index.ts',
      'sdk/vite.config.ts',
    ]),
  );
  expect(filesOf('agent-ui')).toEqual(
    expect.arrayContaining(['agent-ui/index.html', 'agent-ui/src/main.tsx', 'agent-ui/src/ui/tokens.css']),
  );
  expect(filesOf('backend/api-docs')).toContain('backend/api-docs/src/index.html');
  expect(filesOf('sdk').filter((file) => file.includes('.test.'))).toEqual([]);
});
