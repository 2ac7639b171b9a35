import type { DomainEvents } from '../../lib/bus.ts';
import type { ChatRecord } from '../chat/index.ts';
import { createRouter, type Router } from './create-router.ts';
import { endOffer, RAN_OUT } from './end-offer.ts';
import { openOffersOf } from './open-offers.ts';
import { wasOffered } from './record-assignment.ts';
import { departmentOfKey, OFFER_JOB, QUEUE_JOB, SWEEP_JOB } from './routing-jobs.ts';
import type { RoutingNeeds } from './routing-needs.ts';
import { returnChats } from './return-chats.ts';
import { settleOffer } from './settle-offer.ts';
import { createOfferSweep } from './sweep-offers.ts';

/** Who misses so many offers in a row is not there. */
const MISSED = 2;
/** An offer that ran out this long before anybody noticed did so while no server was there, in milliseconds. */
const UNNOTICED = 60_000;
/** What no event told of is found within this time, in milliseconds. */
const SWEEP_EVERY = 60_000;

const departmentOf = ({ departmentId }: Pick<ChatRecord, 'departmentId'>) =>
  departmentId && String(departmentId);

/**
 * Lets routing follow what happens: chats that begin or cease to wait, agents who come, free up or go, settings that
 * change, offers that run out; and a look at everything now and then. Returns the end of it.
 */
export function startRouting(needs: RoutingNeeds): () => void {
  const { bus, departments } = needs.chat;
  const router = createRouter(needs);
  needs.jobs.handle(OFFER_JOB, (chatId) => expireOffer(needs, router, chatId));
  needs.jobs.handle(QUEUE_JOB, async (key) => router.route([departmentOfKey(key)]));
  const routeAll = async () => router.route([null, ...(await departments.list()).map(({ id }) => id)]);

  const sweepOffers = createOfferSweep(needs);
  needs.jobs.handle(SWEEP_JOB, async () => {
    await sweepOffers();
    await routeAll();
    return new Date(needs.chat.now().getTime() + SWEEP_EVERY);
  });

  const subscriptions = [
    bus.subscribe('chat.opened', ({ chat }) => router.route([departmentOf(chat)], chat)),
    bus.subscribe('chat.reopened', ({ chat }) => router.route([departmentOf(chat)], chat)),
    bus.subscribe('chat.returned', async ({ chat, previousAgentId }) => {
      await settleOffer(needs, chat, 'withdrawn');
      await router.route([departmentOf(chat)], chat);
      if (previousAgentId) await freeUp(needs, router, previousAgentId);
    }),
    bus.subscribe('chat.assigned', async (event) => {
      await settleAssignment(needs, event);
      if (event.previousAgentId) await freeUp(needs, router, event.previousAgentId);
    }),
    bus.subscribe('chat.closed', async ({ chat }) => {
      await settleOffer(needs, chat, chat.closedBy === 'customer' ? 'customer_left' : 'withdrawn');
      if (chat.assignedAgentId) await freeUp(needs, router, String(chat.assignedAgentId));
    }),
    bus.subscribe('offer.ended', async ({ chat, agentId, reason }) => {
      if (reason === 'declined') await router.route([departmentOf(chat)], chat);
      await freeUp(needs, router, agentId);
    }),
    bus.subscribe('presence.changed', ({ agentId, status }) =>
      status === 'online'
        ? freeUp(needs, router, agentId)
        : takeBack(needs, router, agentId, () => `The agent is ${status} now.`),
    ),
    bus.subscribe('user.changed', async ({ user }) => {
      const agentId = String(user._id);
      const isGone = user.status !== 'active' || user.role === 'user';
      const mayHave = (chat: ChatRecord) => !chat.departmentId || departmentOf(chat) === departmentOf(user);
      await takeBack(needs, router, agentId, (chat) => {
        if (isGone) return `${user.name} is no longer active.`;
        return mayHave(chat) ? null : `${user.name} belongs to another department now.`;
      });
      if (isGone) await returnChats(needs, user);
      await freeUp(needs, router, agentId);
    }),
    bus.subscribe('site.changed', routeAll),
    bus.subscribe('department.changed', ({ departmentId }) => router.route([departmentId])),
  ];
  return () => subscriptions.forEach((unsubscribe) => unsubscribe());
}

/** An agent may have room: what waits for their department or for anybody is looked at. */
async function freeUp({ chat: { users } }: RoutingNeeds, router: Router, agentId: string): Promise<void> {
  const user = await users.findById(agentId).lean();
  if (user) await router.route([...new Set([departmentOf(user), null])]);
}

/** Takes an agent's open offers back, those for which there is a reason, and offers them to others. */
async function takeBack(
  needs: RoutingNeeds,
  router: Router,
  agentId: string,
  reasonFor: (chat: ChatRecord) => string | null,
): Promise<void> {
  for (const chat of await openOffersOf(needs, agentId)) {
    const reason = reasonFor(chat);
    const ended = reason && (await endOffer(needs, chat, { kind: 'withdrawn', reason }));
    if (ended) await router.route([departmentOf(ended)], ended);
  }
}

async function expireOffer(needs: RoutingNeeds, router: Router, chatId: string): Promise<Date | void> {
  const { chats, users, now } = needs.chat;
  const chat = await chats.findById(chatId).lean();
  if (!chat?.offer) return;
  const { agentId, expiresAt } = chat.offer;
  if (expiresAt > now()) return expiresAt;
  const unnoticed = now().getTime() - expiresAt.getTime() > UNNOTICED;
  const ended = await endOffer(
    needs,
    chat,
    unnoticed ? RAN_OUT : { kind: 'expired', reason: 'It was not answered in time.' },
  );
  if (!ended) return;
  const agent = await users.findById(agentId).lean();
  if ((agent?.missedOffers ?? 0) >= MISSED) await needs.presence.setAway(String(agentId), 'missed_offers');
  await router.route([departmentOf(ended)], ended);
}

async function settleAssignment(needs: RoutingNeeds, assigned: DomainEvents['chat.assigned']): Promise<void> {
  const accepted = wasOffered(assigned);
  await settleOffer(needs, assigned.chat, accepted ? 'accepted' : 'claimed');
  if (accepted) await needs.chat.users.updateOne({ _id: assigned.agent.id }, { $set: { missedOffers: 0 } });
}
