import type { ChatStore } from '@wzatco/sdk';
import type { Features } from '../../../features.ts';
import type { Outcome } from '../fault.ts';
import { act, isPending, type Scene } from './act.ts';
import { begun, calm, compareScreens, compareStored, compareWritten } from './compare.ts';
import type { Operation } from './operations.ts';
import { newCustomer, type Agent, type Staff } from './people.ts';

/** Where scenes are played, one after another. */
export interface Stage {
  url: string;
  features: Features;
  agent: Agent;
  staff: Staff;
}

/** A new customer and the agent do all this; then everything works again, and what they see is compared. */
export async function play(stage: Stage, operations: readonly Operation[]): Promise<Outcome> {
  const { agent, staff } = stage;
  const customer = await newCustomer(stage.url);
  const scene: Scene = { customer, agent, staff, written: [], pending: [], faults: [] };
  try {
    await customer.client().openChat({ name: 'Carla', message: 'Hello?' });
    for (const operation of operations) await act(scene, operation);
    await Promise.all([customer.comeBack(), agent.comeBack()]);
    await Promise.all(scene.pending);
    return await look(stage, scene);
  } finally {
    // Nobody waits in the queue of the next scene.
    const id = customer.store()?.id;
    customer.stop();
    if (id && !isPending(id)) await staff.boss.chats.close(id);
    await agent.leave();
  }
}

async function look({ features }: Stage, scene: Scene): Promise<Outcome> {
  const { customer, agent, staff, faults } = scene;
  const tab = customer.anotherTab();
  await tab.start();
  const watched = agent.store();
  const elsewhere = watched && staff.elsewhere.chats.open(watched.id);
  const chat = await begun(() => customer.store());
  const screens: [string, ChatStore | null, ChatStore | null][] = [
    ['the customer', chat, await begun(() => tab.chat.get(), chat)],
    ['the agent', watched, elsewhere],
  ];
  for (const [, store] of screens) if (store) await calm(store);
  const displayed = new Set<string>();
  for (const [name, old, fresh] of screens) {
    if (!old && !fresh) continue;
    if (!old || !fresh) throw new Error(`${name}: ${old ? 'a fresh client' : 'the client'} sees no chat`);
    faults.push(...(await compareScreens(name, old, fresh)), ...(await compareStored(features, fresh)));
    for (const { id } of old.state.get().messages) if (id !== null) displayed.add(id);
  }
  const outcome = await compareWritten(features, scene);
  tab.stop();
  elsewhere?.dispose();
  return { ...outcome, displayed: displayed.size, faults: [...faults, ...outcome.faults] };
}
