import { z } from 'zod';
import { id, timestamp } from './common.ts';
import { defineEndpoints } from './endpoints.ts';

const seconds = z.int().nullable();

/**
 * What a chat was like, in numbers. Times are whole seconds, null where it has not come so far. They begin with the
 * chat; waits, where it ended and was reopened before anybody had it, begin with the last such reopening.
 */
export const chatMetric = z.object({
  chatId: id,
  /** Who has it, or had it last. */
  agentId: id.nullable(),
  department: z.string().nullable(),
  /** When somebody had it first. */
  assignedAt: timestamp.nullable(),
  firstResponseAt: timestamp.nullable(),
  closedAt: timestamp.nullable(),
  messageCount: z.int(),
  customerMessageCount: z.int(),
  agentMessageCount: z.int(),
  /** Until somebody had it first. */
  waitTime: seconds,
  /** Until an agent wrote first. */
  firstResponseTime: seconds,
  /** Until its end, the last one where it was reopened. */
  resolutionTime: seconds,
  customerSatisfaction: z.int().min(1).max(5).nullable(),
  reopenCount: z.int(),
});
export type ChatMetric = z.infer<typeof chatMetric>;

export const metricEndpoints = defineEndpoints({
  'GET /api/chats/:id/metrics': {
    summary: 'A chat in numbers, as it is now.',
    access: { agent: 'department', admin: 'all' },
    params: z.strictObject({ id }),
    reply: chatMetric,
  },
});
