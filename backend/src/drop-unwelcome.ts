import { trusted } from 'mongoose';
import type { VisitorActor } from './lib/context.ts';
import type { LiveServer, LiveSocket } from './lib/on-event.ts';
import type { Features } from './features.ts';

declare module './lib/peers.ts' {
  interface PeerWords {
    /** A site was changed there: it may no longer take some of its visitors. */
    'site.changed': { siteId: string };
  }
}

interface Visit {
  socket: LiveSocket;
  actor: VisitorActor;
}

/** Customers that are looked up by one query. */
const BATCH = 200;

/**
 * Ends the connections of visitors whom their site does not take any more: it is gone, allows no pages of their origin,
 * or asks for an identity that they do not have. It is what their token would be refused for.
 */
export async function dropUnwelcome(features: Features, sockets: readonly LiveSocket[]): Promise<void> {
  const visits = sockets.flatMap((socket): Visit[] => {
    const { actor } = socket.data;
    return actor.kind === 'visitor' ? [{ socket, actor }] : [];
  });
  for (const { socket } of await unwelcome(features, visits)) socket.disconnect(true);
}

async function unwelcome(
  { models, siteOrigins, chat }: Features,
  visits: readonly Visit[],
): Promise<Visit[]> {
  const ids = [...new Set(visits.map(({ actor }) => actor.siteId))];
  const found = await models.sites.find({ _id: trusted({ $in: ids }) }).lean();
  const sites = new Map(found.map((site) => [String(site._id), site]));
  const refused: Visit[] = [];
  const asked: Visit[] = [];
  for (const visit of visits) {
    const site = sites.get(visit.actor.siteId);
    const { origin, serverOrigin } = visit.socket.data.place;
    if (!site || !siteOrigins.allows(site, origin, serverOrigin)) refused.push(visit);
    else if (site.requireIdentity) asked.push(visit);
  }
  for (let at = 0; at < asked.length; at += BATCH) {
    const some = asked.slice(at, at + BATCH);
    const _id = trusted({ $in: some.map(({ actor }) => actor.customerId) });
    const verified = await chat.customers.find({ _id, verified: true }).select('_id').lean();
    const welcome = new Set(verified.map((customer) => String(customer._id)));
    refused.push(...some.filter(({ actor }) => !welcome.has(actor.customerId)));
  }
  return refused;
}

/** Follows the changes of a site, on whatever process. Returns the stop. */
export function startDroppingUnwelcome(features: Features, io: LiveServer): () => void {
  const { bus, peers } = features;
  const dropOf = (siteId: string) => {
    const sockets = [...io.sockets.sockets.values()];
    return dropUnwelcome(
      features,
      sockets.filter(({ data: { actor } }) => actor.kind === 'visitor' && actor.siteId === siteId),
    );
  };
  const subscriptions = [
    bus.subscribe('site.changed', ({ site }) => {
      peers.tell('site.changed', { siteId: String(site._id) });
      return dropOf(String(site._id));
    }),
    peers.hear('site.changed', ({ siteId }) => dropOf(siteId)),
  ];
  return () => subscriptions.forEach((unsubscribe) => unsubscribe());
}
