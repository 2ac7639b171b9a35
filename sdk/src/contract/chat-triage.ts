import { z } from 'zod';
import { CHAT_PRIORITIES, LIMITS } from './constants.ts';
import { id, tagName } from './common.ts';
import { chat } from './chats.ts';
import { defineEndpoints } from './endpoints.ts';

const staff = { agent: 'department', admin: 'all' } as const;
const chatParams = z.strictObject({ id });

export const chatTriageEndpoints = defineEndpoints({
  'PATCH /api/chats/:id': {
    summary: 'Sets the priority of a chat, whoever has it.',
    access: staff,
    params: chatParams,
    body: z.strictObject({ priority: z.enum(CHAT_PRIORITIES) }),
    reply: chat,
  },
  'PUT /api/chats/:id/tags': {
    summary: 'Sets all tags of a chat, in place of those it had; in lower case, each once.',
    access: staff,
    params: chatParams,
    body: z.strictObject({ tags: z.array(tagName).max(LIMITS.tagsPerChat) }),
    reply: chat,
  },
});
