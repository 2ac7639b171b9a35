import type { ClientEvent } from '@wzatco/sdk/contract';
import { forbidden } from './app-error.ts';
import type { Actor } from './context.ts';

/** Fields of older clients that only repeat what the token says; whatever is in them, nobody reads it. */
const IGNORED = ['agentName', 'senderName', 'userName', 'closedBy'];

/**
 * What an event says besides who sends it: older clients name themselves in each, and the token alone is believed.
 *
 * @returns the payload without those fields; one that has none of them, or is no object, as it is.
 * @throws FORBIDDEN for an `agentId` or `userType` (`customer`, `agent`) that is not the sender's own; an `agentId` of an
 *   event that is for an agent stays.
 * @example ownWords({ chatId, isTyping: true, userName: 'Anna', userType: 'agent' }, event, actor) // { chatId, isTyping: true }
 */
export function ownWords(
  payload: unknown,
  { namesAgent }: Pick<ClientEvent, 'namesAgent'>,
  actor: Actor,
): unknown {
  if (!isObject(payload)) return payload;
  const taken = IGNORED.filter((field) => Object.hasOwn(payload, field));
  if (Object.hasOwn(payload, 'userType')) {
    if (payload['userType'] !== (actor.kind === 'visitor' ? 'customer' : 'agent')) {
      throw forbidden('userType: you can only act for your own side');
    }
    taken.push('userType');
  }
  if (!namesAgent && Object.hasOwn(payload, 'agentId')) {
    if (actor.kind !== 'user' || payload['agentId'] !== actor.id) {
      throw forbidden('agentId: you can only act as yourself');
    }
    taken.push('agentId');
  }
  if (taken.length === 0) return payload;
  return Object.fromEntries(Object.entries(payload).filter(([field]) => !taken.includes(field)));
}

/** A plain one: arrays and bytes are no payload that has fields. */
function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
