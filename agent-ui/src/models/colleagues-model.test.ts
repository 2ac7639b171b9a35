import { ClientError, type Colleague, type ConnectionState } from '@wzatco/sdk';
import { expect, test } from 'vitest';
import { createColleaguesModel } from './colleagues-model.ts';

const bert: Colleague = { id: '1', name: 'Bert', avatar: null, department: null, allDepartments: false };

/** A model over a client that counts what it is asked. */
function desk() {
  let isDown = false;
  let asked = 0;
  let tell: (state: ConnectionState) => void = () => {};
  const client = {
    connection: {
      get: (): ConnectionState => 'online',
      subscribe(listener: (state: ConnectionState) => void) {
        tell = listener;
        return () => {};
      },
    },
    users: {
      colleagues() {
        asked += 1;
        return isDown ? Promise.reject(new ClientError('OFFLINE', 'No answer.', 0)) : Promise.resolve([bert]);
      },
    },
  };
  return {
    model: createColleaguesModel(client, { load: () => Promise.resolve() }),
    asked: () => asked,
    setDown: (down: boolean) => (isDown = down),
    reconnect: () => tell('online'),
  };
}

test('they are asked for once, and again when the connection was lost', async () => {
  const { model, asked, reconnect } = desk();
  await model.load();
  await model.load();
  expect([asked(), model.people.value]).toEqual([1, [bert]]);
  reconnect();
  await model.load();
  expect(asked()).toBe(2);
});

test('a failure is told, keeps who was known, and is gone with the next answer', async () => {
  const { model, setDown, reconnect } = desk();
  await model.load();
  reconnect();
  setDown(true);
  await model.load();
  expect([model.failure.value, model.people.value]).toEqual(['No answer.', [bert]]);
  setDown(false);
  await model.load();
  expect(model.failure.value).toBeNull();
});
