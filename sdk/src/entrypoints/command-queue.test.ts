import { describe, expect, test } from 'vitest';
import { createCommandQueue } from './command-queue.ts';

function setUp(earlier?: unknown) {
  const calls: unknown[][] = [];
  const failures: string[] = [];
  const page = new EventTarget();
  const element = {
    open: (...parameters: unknown[]) => calls.push(['open', ...parameters]),
    sendMessage: (...parameters: unknown[]) => calls.push(['sendMessage', ...parameters]),
    close: () => {
      throw new Error('broken');
    },
    remove: () => calls.push(['remove']),
  };
  let ready = false;
  const queue = createCommandQueue(
    earlier,
    page,
    () => (ready ? element : null),
    (message) => failures.push(message),
  );
  return {
    calls,
    failures,
    page,
    queue,
    becomeReady: () => {
      ready = true;
      queue.flush();
    },
  };
}

describe('commands', () => {
  test('pushed before the script and before the element run once, in order', () => {
    const { calls, queue, becomeReady } = setUp([['open']]);
    queue.push(['sendMessage', 'Hello'], ['open', 1]);
    expect(calls).toEqual([]);
    becomeReady();
    queue.flush();
    expect(calls).toEqual([['open'], ['sendMessage', 'Hello'], ['open', 1]]);
  });

  test('run at once when there is an element', () => {
    const { calls, queue, becomeReady } = setUp();
    becomeReady();
    queue.push(['open']);
    expect(calls).toEqual([['open']]);
  });

  test('that do not exist, are no commands or throw are told, and stop nothing', () => {
    const { calls, failures, queue, becomeReady } = setUp([null, 'open']);
    becomeReady();
    queue.push(['remove'], ['close'], ['constructor'], ['open']);
    expect(failures).toEqual([
      'Unknown command: null',
      'Unknown command: remove',
      'close: Error: broken',
      'Unknown command: constructor',
    ]);
    expect(calls).toEqual([['open'], ['open']]);
  });
});

test('on() hears events by short and full name until it is unsubscribed', () => {
  const { page, queue } = setUp();
  const heard: unknown[] = [];
  const offShort = queue.on('unread', (detail) => heard.push(['short', detail]));
  queue.on('wzatco-unread', (detail) => heard.push(['full', detail]));
  page.dispatchEvent(new CustomEvent('wzatco-unread', { detail: 1 }));
  offShort();
  page.dispatchEvent(new CustomEvent('wzatco-unread', { detail: 2 }));
  expect(heard).toEqual([
    ['short', 1],
    ['full', 1],
    ['full', 2],
  ]);
});
