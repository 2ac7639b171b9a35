import type { EndpointParsed, EndpointReply, chatEndpoints } from '@wzatco/sdk/contract';
import { CHAT_STATUSES } from '@wzatco/sdk/contract/constants';
import { trusted, type QueryFilter } from 'mongoose';
import { AppError } from '../../lib/app-error.ts';
import { isStaff, type Actor, type Context } from '../../lib/context.ts';
import { decodeMoment, encodeMoment, toPage } from '../../lib/cursor.ts';
import { visibleBranches, visibleChats, type Branch } from './chat-access.ts';
import type { ChatNeeds } from './chat-needs.ts';
import { searchOf } from './chat-search.ts';
import { audienceOf, toChats } from './chat.dto.ts';
import type { ChatRecord } from './chat.model.ts';

type Table = typeof chatEndpoints;
type ListQuery = Extract<EndpointParsed<Table['GET /api/chats']>, { query: unknown }>['query'];

/** As the model has it. */
const TAG_INDEX = { tags: 1, lastActivityAt: -1, _id: -1 } as const;

/**
 * The chats that the actor may see, last active first, to the minute.
 *
 * @throws VALIDATION_FAILED for a cursor that is not this list's, or an unknown department.
 */
export async function listChats(
  needs: ChatNeeds,
  context: Context,
  query: ListQuery,
): Promise<EndpointReply<Table['GET /api/chats']>> {
  const found = (await Promise.all(await listQueries(needs, context.actor, query))).flat();
  const once = new Map(found.map((record) => [String(record._id), record]));
  const page = toPage(
    [...once.values()].toSorted(lastChangedFirst),
    query.limit,
    ({ lastActivityAt, _id }) => encodeMoment({ at: lastActivityAt, id: String(_id) }),
    (record) => record,
  );
  return { items: await toChats(needs, page.items, audienceOf(context.actor)), nextCursor: page.nextCursor };
}

/**
 * The database queries whose answers, put together, hold the page: an agent sees by several branches, and each is
 * read in order from an index of its own, which one query with `$or` could not be.
 */
export async function listQueries(needs: ChatNeeds, actor: Actor, query: ListQuery) {
  const chosen: Branch & Pick<QueryFilter<ChatRecord>, 'status'> = {
    ...(query.status ? { status: query.status } : {}),
    ...assigneeFilter(actor, query.assignee),
    ...(query.department ? { departmentId: await needs.departments.idOf(query.department) } : {}),
  };
  const after = pageFilter(query.cursor);
  const search = searchOf(query.q);
  const words = search?.words.map((word) => ({ searchTerms: word })) ?? [];
  const read = (filter: QueryFilter<ChatRecord>, conditions: QueryFilter<ChatRecord>[]) =>
    needs.chats
      .find({ ...filter, ...after.from, ...(conditions.length > 0 ? { $and: conditions } : {}) })
      .sort({ lastActivityAt: -1, _id: -1 })
      .limit(query.limit + 1)
      .lean();
  if (search && actor.kind === 'user') {
    // What is searched for is rarer than what somebody sees: the word's index, whatever else is asked for.
    const tags = query.tag ? [{ tags: query.tag }] : [];
    const conditions = seenAnd(actor, [...words, ...tags, ...after.behind]);
    return [read({ ...chosen, searchTerms: search.term }, conditions).hint({ searchTerms: 1 })];
  }
  if (query.tag) {
    if (!isStaff(actor)) throw new AppError('VALIDATION_FAILED', 'tag: only staff sees tags');
    // The same of a tag. Its index holds tagged chats only, which the query has to say.
    const isTagged = { tags: trusted({ $type: 'string' as const }) };
    const conditions = seenAnd(actor, [isTagged, ...words, ...after.behind]);
    return [read({ ...chosen, tags: query.tag }, conditions).hint(TAG_INDEX)];
  }
  return within(visibleBranches(actor), chosen).map((filter) =>
    read(inOrder(filter), [...words, ...after.behind]),
  );
}

/**
 * What an index has in order: the staff's begin with the status, so that a message moves fewer of them; a list of all is
 * merged from one walk for each status.
 */
function inOrder(filter: QueryFilter<ChatRecord>): QueryFilter<ChatRecord> {
  if ('status' in filter || 'customerId' in filter) return filter;
  return { ...filter, status: trusted({ $in: [...CHAT_STATUSES] }) };
}

function seenAnd(actor: Actor, conditions: QueryFilter<ChatRecord>[]): QueryFilter<ChatRecord>[] {
  const seen = visibleChats(actor);
  return Object.keys(seen).length > 0 ? [seen, ...conditions] : conditions;
}

/** The branches narrowed to what was chosen; those that it rules out left out, and one that it implies alone. */
function within(branches: Branch[], chosen: Branch): QueryFilter<ChatRecord>[] {
  const choices = new Map(Object.entries(chosen));
  const implied = branches.some((branch) =>
    Object.entries(branch).every(([field, value]) => choices.get(field) === value),
  );
  if (implied) return [chosen];
  return branches
    .filter((branch) =>
      Object.entries(branch).every(([field, value]) => !choices.has(field) || choices.get(field) === value),
    )
    .map((branch) => ({ ...branch, ...chosen }));
}

/** `from` begins an index where the page before ended, `behind` leaves out what that page had of the same moment. */
function pageFilter(cursor: string | undefined): {
  from: QueryFilter<ChatRecord>;
  behind: QueryFilter<ChatRecord>[];
} {
  if (!cursor) return { from: {}, behind: [] };
  const { at, id } = decodeMoment(cursor);
  return {
    from: { lastActivityAt: trusted({ $lte: at }) },
    behind: [{ $or: [{ lastActivityAt: trusted({ $lt: at }) }, { _id: trusted({ $lt: id }) }] }],
  };
}

function assigneeFilter(actor: Actor, assignee: string | undefined): Branch {
  if (assignee === undefined) return {};
  if (assignee === 'none') return { assignedAgentId: null };
  if (assignee !== 'me') return { assignedAgentId: assignee };
  if (actor.kind !== 'user')
    throw new AppError('VALIDATION_FAILED', 'assignee: chats are assigned to agents');
  return { assignedAgentId: actor.id };
}

/** The order of lists, for `toSorted`. */
export function lastChangedFirst(a: ChatRecord, b: ChatRecord): number {
  const later = b.lastActivityAt.getTime() - a.lastActivityAt.getTime();
  return later || (String(b._id) > String(a._id) ? 1 : -1);
}
