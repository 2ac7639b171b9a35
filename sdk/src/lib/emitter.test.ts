import { expect, test } from 'vitest';
import { createEmitter } from './emitter.ts';

test('listeners hear their event in order until they unsubscribe', () => {
  const events = createEmitter<{ saved: string; lost: number }>();
  const heard: string[] = [];
  const off = events.on('saved', (id) => heard.push(`first ${id}`));
  events.on('saved', (id) => heard.push(`second ${id}`));
  events.emit('saved', 'a');
  off();
  events.emit('saved', 'b');
  events.emit('lost', 1);
  expect(heard).toEqual(['first a', 'second a', 'second b']);
});
