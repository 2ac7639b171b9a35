import type { Types } from 'mongoose';
import type { Desk } from './cast-chats.ts';
import type { Random } from './random.ts';
import { LOGINS } from './staff.ts';
import type { WrittenChat } from './write-chat.ts';

/** What colleagues tell each other; `@` stands for the one who is mentioned. */
const REMARKS = [
  'Regular customer, very patient. Please be generous.',
  '@ could you look at this one? I am out from three o’clock.',
  'Had the same question last month, see the chat before this one.',
  'Promised a call back by tomorrow noon.',
  'Checked with the warehouse: it really left on Tuesday.',
  '@ you know that machine better than I do 🙂',
  'Writes from a phone, so keep it short.',
  'Refund approved up to the full amount.',
];

/** One note of the demo. */
interface WrittenNote {
  _id: Types.ObjectId;
  subjectKind: 'chat';
  subjectId: Types.ObjectId;
  authorId: Types.ObjectId;
  authorName: string;
  content: string;
  mentions: Types.ObjectId[];
  /** The server notifies them when it starts. */
  mentionsDue?: true;
  createdAt: Date;
}

/** Notes in every sixth chat that somebody has or had, some of them for a colleague. */
export function castNotes(random: Random, desk: Desk, written: readonly WrittenChat[]): WrittenNote[] {
  const taken = written.filter(({ chat }) => chat.assignedAgentId !== null && random.chance(1 / 6));
  return taken.map(({ chat }) => {
    const author = desk.staff.find(({ _id }) => _id === chat.assignedAgentId) ?? random.pick(desk.staff);
    const colleague = whoSees(random, desk, chat.departmentId, author);
    const remark = random.pick(REMARKS);
    const isForColleague = remark.startsWith('@');
    const createdAt = chat.lastMessage.timestamp;
    return {
      _id: random.idAt(createdAt),
      subjectKind: 'chat',
      subjectId: chat._id,
      authorId: author._id,
      authorName: author.colleague.name,
      content: remark.replace('@', `@${colleague.colleague.name}`),
      mentions: isForColleague ? [colleague._id] : [],
      ...(isForColleague && { mentionsDue: true as const }),
      createdAt,
    };
  });
}

/** A colleague who may see a department's chats, rather one of those whom people sign in as. */
function whoSees(
  random: Random,
  { staff, departments }: Desk,
  departmentId: Types.ObjectId | null,
  author: Desk['staff'][number],
): Desk['staff'][number] {
  const seeing = staff.filter(({ _id, colleague: { role, department } }) => {
    const isTheirs = departmentId === null || departments.get(department ?? '')?.equals(departmentId);
    return _id !== author._id && (role === 'admin' || isTheirs);
  });
  const shown = seeing.filter(({ colleague }) => LOGINS.includes(colleague));
  return random.pick(shown.length > 0 && random.chance(0.7) ? shown : seeing);
}
