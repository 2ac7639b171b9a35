import type { Chat, Colleague, PresenceStatus } from '@wzatco/sdk';
import { LIMITS } from '@wzatco/sdk/contract/constants';

/** An `@` that is being written. */
export interface OpenMention {
  /** Where the `@` stands. */
  at: number;
  /** What follows it up to the caret. */
  query: string;
}

/** A stretch of a note; `mention` is the id of whom it names, null for plain words. */
export interface NotePart {
  text: string;
  mention: string | null;
}

/** What decides who sees a chat. */
export type Seen = Pick<Chat, 'department'> & { agent: Pick<NonNullable<Chat['agent']>, 'id'> | null };

type Named = Pick<Colleague, 'id' | 'name'>;

/** As many as a glance takes in; more letters find the others. */
const OFFERED = 8;
/** Who is likelier to look soon comes first. */
const ORDER: readonly PresenceStatus[] = ['online', 'busy', 'away', 'offline'];
/** Letters that go on a word. Chinese or Arabic ones do not count: there a name may touch the next word. */
const GOES_ON = /^[\p{Lu}\p{Ll}\p{M}\p{N}_]/u;
/** What stands before the `@` of an e-mail address. */
const IN_ADDRESS = /[\p{Lu}\p{Ll}\p{N}_]$/u;
const FIRST_WORD = /(?<![\p{Lu}\p{Ll}\p{N}_])@([\p{L}\p{M}\p{N}_'’-]+)/gu;

/** The mention that is being written where the caret stands; null where there is none. */
export function openMention(text: string, caret: number): OpenMention | null {
  const before = text.slice(0, caret);
  const at = before.lastIndexOf('@');
  if (at === -1 || IN_ADDRESS.test(before.slice(0, at))) return null;
  const query = before.slice(at + 1);
  return query.length > LIMITS.name || /^\s|\n/.test(query) ? null : { at, query };
}

/**
 * Colleagues of whose name a word begins with `query`, whatever its case and accents: a few of those who may see the chat,
 * who is online first, who is offline last.
 *
 * @param chat null while it is not known: the server then says who may not see it
 */
export function colleaguesFor(
  colleagues: readonly Colleague[],
  query: string,
  chat: Seen | null,
  statusOf: (id: string) => PresenceStatus,
): Colleague[] {
  const wanted = folded(query);
  return colleagues
    .filter((each) => (chat === null || maySee(each, chat)) && hasWordLike(folded(each.name), wanted))
    .toSorted((a, b) => ORDER.indexOf(statusOf(a.id)) - ORDER.indexOf(statusOf(b.id)))
    .slice(0, OFFERED);
}

/** SPEC §5: chats of the own department and of none, one's own, or all. */
function maySee({ id, department, allDepartments }: Colleague, chat: Seen): boolean {
  return (
    allDepartments || chat.department === null || chat.department === department || chat.agent?.id === id
  );
}

/** The text with the open mention completed, and where the caret then stands. */
export function withMention(
  text: string,
  { at, query }: OpenMention,
  name: string,
): { text: string; caret: number } {
  const written = `${text.slice(0, at)}@${name} `;
  const rest = text.slice(at + 1 + query.length).replace(/^ /, '');
  return { text: written + rest, caret: written.length };
}

/**
 * A text in its parts: each `@Name` of one of `people` is one, the longest name that fits. Of several with one name each
 * is meant once, in their order.
 */
export function mentionParts(text: string, people: readonly Named[]): NotePart[] {
  const parts: NotePart[] = [];
  const met = new Set<string>();
  let plain = 0;
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', Math.max(at + 1, plain))) {
    const person = IN_ADDRESS.test(text.slice(plain, at)) ? null : namedAt(text, at + 1, people, met);
    if (!person) continue;
    met.add(person.id);
    const end = at + 1 + person.name.length;
    if (at > plain) parts.push({ text: text.slice(plain, at), mention: null });
    parts.push({ text: text.slice(at, end), mention: person.id });
    plain = end;
  }
  if (plain < text.length) parts.push({ text: text.slice(plain), mention: null });
  return parts;
}

/** The ids of those among `chosen` whose `@Name` is still in the text. */
export function mentionedIn(text: string, chosen: readonly Named[]): string[] {
  return [...new Set(mentionParts(text, chosen).flatMap(({ mention }) => mention ?? []))];
}

/**
 * A note in its parts. Of whom it mentions and whose name is not known here, the first word after an `@` stands for it.
 *
 * @param names what people are called, by id
 */
export function noteParts(
  content: string,
  mentions: readonly string[],
  names: ReadonlyMap<string, string>,
): NotePart[] {
  const known = mentions.flatMap((id) => {
    const name = names.get(id);
    return name === undefined ? [] : [{ id, name }];
  });
  const strangers = mentions.filter((id) => !names.has(id));
  return mentionParts(content, known).flatMap((part) => {
    if (part.mention !== null || strangers.length === 0) return [part];
    const words = [...part.text.matchAll(FIRST_WORD)].flatMap(([, word]) => word ?? []);
    const guessed = words.flatMap((name) => {
      const id = strangers.shift();
      return id === undefined ? [] : [{ id, name }];
    });
    return mentionParts(part.text, guessed);
  });
}

function namedAt(
  text: string,
  start: number,
  people: readonly Named[],
  met: ReadonlySet<string>,
): Named | null {
  const fitting = people.filter(
    ({ name }) => text.startsWith(name, start) && !GOES_ON.test(text.slice(start + name.length)),
  );
  const longest = Math.max(...fitting.map(({ name }) => name.length));
  const same = fitting.filter(({ name }) => name.length === longest);
  return same.find(({ id }) => !met.has(id)) ?? same[0] ?? null;
}

/** Without case and accents, so that `jose` finds José. */
function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function hasWordLike(name: string, beginning: string): boolean {
  for (let at = name.indexOf(beginning); at !== -1; at = name.indexOf(beginning, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]$/u.test(name.slice(0, at))) return true;
  }
  return false;
}
