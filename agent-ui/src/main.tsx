import './ui/tokens.css';
import './ui/base.css';
import { render } from 'preact';
import { createConsoleClient } from './client.ts';
import { ConsoleContext, createConsole } from './context.ts';
import { ConsoleRouter } from './router.tsx';
import { followViewportHeight } from './ui/viewport-height.ts';

const root = document.getElementById('app');
if (root === null) throw new Error('index.html has no #app.');

const models = createConsole(createConsoleClient());
followViewportHeight();
void models.session.start();
render(
  <ConsoleContext.Provider value={models}>
    <ConsoleRouter />
  </ConsoleContext.Provider>,
  root,
);
