/**
 * A conversation, written by hand. Each line begins with who writes: `C` the customer, `A` the agent; `C*` and `A*` were
 * edited and hold what they said first before ` => `; `C-` was deleted afterwards. In braces stand what differs from
 * chat to chat: `{first}` and `{agent}` are first names, `{order} {product} {date} {amount} {city}` are made up.
 */
export interface Story {
  /** The brand's key. */
  brand: string;
  department: string | null;
  language: string;
  tags: string[];
  priority?: 'low' | 'high' | 'urgent';
  lines: string[];
}

/** One message of a story. */
export interface Line {
  by: 'customer' | 'agent';
  text: string;
  /** What it said before it was edited. */
  before: string | null;
  deleted: boolean;
}

/** @throws Error for a line that does not say who writes. */
export function readLine(line: string): Line {
  const [, who, mark, said = ''] = /^([CA])([*-]?) (.*)$/s.exec(line) ?? [];
  if (who === undefined) throw new Error(`A story's line begins with C or A: ${line}`);
  const by = who === 'C' ? 'customer' : 'agent';
  if (mark !== '*') return { by, text: said, before: null, deleted: mark === '-' };
  const [before = '', text = ''] = said.split(' => ');
  return { by, text, before, deleted: false };
}
