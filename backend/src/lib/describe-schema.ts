import type { Access } from '@wzatco/sdk/contract';
import { z } from 'zod';

/** A part of an API description. */
export type Json = Record<string, unknown>;

/** The JSON schema of what is sent (`input`) or answered (`output`). */
export function describeSchema(schema: z.core.$ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return json;
}

const REACH = {
  all: 'all of them',
  own: 'their own only',
  department: 'those of their department and of none',
  assigned: 'what is assigned to them',
} as const;

/** @example describeAccess({ agent: 'department' }) // 'For **agents** (those of their department and of none).' */
export function describeAccess(access: Access): string {
  if (access === 'public') return 'For **everybody**, without a token.';
  const who = Object.entries(access).map(([role, reach]) => `**${role}s** (${REACH[reach]})`);
  return `For ${who.join(', ')}.`;
}
