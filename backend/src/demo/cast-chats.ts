import type { Types } from 'mongoose';
import type { Brand } from './brands.ts';
import type { Somebody } from './customers.ts';
import { makeUp } from './made-up.ts';
import { planActive, planClosed, planWaiting, type PlannedChat } from './plan-chat.ts';
import type { Random } from './random.ts';
import { LOGINS, type Colleague } from './staff.ts';
import { ANALYTICS_STORIES } from './stories/analytics.ts';
import { COFFEE_STORIES } from './stories/coffee.ts';
import { TRAVEL_STORIES } from './stories/travel.ts';
import { WORLD_STORIES } from './stories/world.ts';
import type { Story } from './stories/story.ts';
import { writeChat, type WrittenChat } from './write-chat.ts';

const STORIES: readonly Story[] = [
  ...COFFEE_STORIES,
  ...ANALYTICS_STORIES,
  ...TRAVEL_STORIES,
  ...WORLD_STORIES,
];

/** How many chats there are of each state. */
const COUNTS = { waiting: 9, active: 24, closed: 280 };

/** Everybody and everything that chats are about, with ids. */
export interface Desk {
  departments: Map<string, Types.ObjectId>;
  brands: { brand: Brand; _id: Types.ObjectId }[];
  staff: { colleague: Colleague; _id: Types.ObjectId }[];
  customers: { somebody: Somebody; _id: Types.ObjectId; brand: Desk['brands'][number] }[];
}

/** Lets the customers write: each has at most one open chat, and any number of ended ones. */
export function castChats(random: Random, desk: Desk, now: Date): WrittenChat[] {
  const written: WrittenChat[] = [];
  const free = shuffled(random, desk.customers);
  for (let number = 0; number < COUNTS.waiting + COUNTS.active; number += 1) {
    const customer = free[number % free.length] ?? random.pick(desk.customers);
    const story = storyFor(random, customer);
    const plan =
      number < COUNTS.waiting ? planWaiting(random, story, now, number) : planActive(random, story, now);
    written.push(set(random, desk, customer, story, plan));
  }
  for (let number = 0; number < COUNTS.closed; number += 1) {
    const customer = random.pick(desk.customers);
    const story = storyFor(random, customer);
    // Now and then one thing leads to another, and a chat becomes long.
    const more = number % 40 === 0 ? Array.from({ length: 7 }, () => storyFor(random, customer)) : [];
    written.push(set(random, desk, customer, story, planClosed(random, [story, ...more], now)));
  }
  return written;
}

/** In the customer's language where the brand has a story in it; some write English all the same. */
function storyFor(random: Random, { somebody, brand }: Desk['customers'][number]): Story {
  const ofBrand = STORIES.filter((story) => story.brand === brand.brand.key);
  const own = ofBrand.filter(({ language }) => language === somebody.language);
  return random.pick(
    own.length > 0 && random.chance(0.8) ? own : ofBrand.filter(({ language }) => language === 'en'),
  );
}

function set(
  random: Random,
  desk: Desk,
  customer: Desk['customers'][number],
  story: Story,
  plan: PlannedChat,
): WrittenChat {
  const { brand, _id: siteId } = customer.brand;
  const agent = agentFor(random, desk, story);
  return writeChat(random, plan, {
    siteId,
    departmentId: story.department === null ? null : (desk.departments.get(story.department) ?? null),
    customer: { id: customer._id, name: customer.somebody.name, email: customer.somebody.email },
    agent: { id: agent._id, name: agent.colleague.name },
    story,
    page: `https://www.${brand.key === 'default' ? 'northwind' : brand.key}.example${random.pick(brand.pages)}`,
    fill: makeUp(random, {
      brand,
      language: story.language,
      at: plan.lines[0].at,
      customer: customer.somebody.name,
      agent: agent.colleague.name,
    }),
  });
}

/** One of the department or of none; more often one of those whom people sign in as, so that they have work. */
function agentFor(random: Random, desk: Desk, story: Story): Desk['staff'][number] {
  const fitting = desk.staff.filter(
    ({ colleague: { department } }) =>
      story.department === null || department === null || department === story.department,
  );
  const own = fitting.filter(({ colleague }) => LOGINS.includes(colleague));
  return random.pick(random.chance(0.25) ? own : fitting);
}

function shuffled<Item>(random: Random, items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: random.next() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
