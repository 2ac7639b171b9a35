import { createVisitorClient, type ChatStore, type VisitorClient } from '@wzatco/sdk';
import { actAsBrowser } from '../browser-page.ts';
import { isSettled } from '../live-clients.ts';
import { until } from '../until.ts';
import { againstServer } from './against-server.ts';
import type { Display } from './display.ts';
import type { Fault } from './fault.ts';
import type { History } from './history.ts';
import { createRandom } from './random.ts';
import { openWay, type Way } from './way.ts';

const TABS = ['left', 'right'];
/** What each tab sends without a network. */
const SENDS = 20;

/**
 * A customer with two tabs of one device writes in both without a network, reloads both, and is online again: all of
 * it is stored once, in the order in which each tab wrote it, and both tabs show the same.
 */
export const offlineTabs: Fault = {
  name: 'offline sends in two tabs, a reload, online',
  run: ({ seed, size, rounds = size === 'long' ? 50 : 2 }) =>
    againstServer(async (server, history) => {
      const leave = actAsBrowser();
      const random = createRandom(seed);
      try {
        const displays: Display[] = [];
        const faults: string[] = [];
        for (let round = 0; round < rounds; round += 1) {
          const way = await openWay(server.url);
          const found = await writeInTabs(way, history, random);
          way.stop();
          displays.push(...found.displays);
          faults.push(...found.faults);
        }
        return { displays, faults, note: `${SENDS} in each tab, ${rounds} times` };
      } finally {
        leave();
      }
    }),
};

async function writeInTabs(way: Way, history: History, random: () => number) {
  const open = () => createVisitorClient({ server: way.url, site: 'default' });
  const first = open();
  const chat = await first.openChat({ name: 'Carla', message: 'Hello?' });
  const [hello] = (await until(chat.state, isSettled)).messages;
  history.attempt(hello?.key ?? '');
  const second = open();
  await second.start();
  await until(shownBy(second).state, isSettled);

  way.cut();
  const stores = [chat, shownBy(second)];
  const left = [SENDS, SENDS];
  while (left.some((count) => count > 0)) {
    const at = random() < 0.5 ? 0 : 1;
    const count = left[at] ?? 0;
    if (count === 0) continue;
    left[at] = count - 1;
    history.attempt(stores[at]?.send(`${TABS[at]} ${SENDS - count + 1} of ${chat.id}`) ?? '');
  }
  for (const tab of [first, second]) tab.stop();

  const tabs = [open(), open()];
  // There is no network yet; they go on by themselves once there is.
  await Promise.all(tabs.map((tab) => tab.start().catch(() => undefined)));
  await way.mend();
  const whole = 1 + TABS.length * SENDS;
  const states = await Promise.all(
    tabs.map((tab) => until(shownBy(tab).state, (state) => state.lastSeq >= whole && isSettled(state))),
  );
  for (const tab of tabs) tab.stop();
  for (const { key, seq, content } of states[0]?.messages ?? []) {
    if (seq !== null) history.acknowledge({ chatId: chat.id, clientMessageId: key, seq, content });
  }
  const texts = states[0]?.messages.map(({ content }) => content) ?? [];
  return {
    displays: states.map(({ messages }) => ({ chatId: chat.id, messages })),
    faults: TABS.flatMap((tab) => wrongOrder(tab, texts)),
  };
}

function shownBy(tab: VisitorClient): ChatStore {
  const store = tab.chat.get();
  if (!store) throw new Error('the tab shows no chat');
  return store;
}

function wrongOrder(tab: string, texts: readonly string[]): string[] {
  const numbers = texts.filter((text) => text.startsWith(tab)).map((text) => Number(text.split(' ')[1]));
  return numbers.every((number, at) => number === at + 1)
    ? []
    : [`out of order: the ${tab} tab wrote 1 to ${SENDS}, and it became ${numbers.join(', ')}`];
}
