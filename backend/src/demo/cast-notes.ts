import type { Types } from 'mongoose';
import type { Desk } from './cast-chats.ts';
import type { Random } from './random.ts';
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
  createdAt: Date;
}

/** Notes in every sixth chat that somebody has or had, some of them for a colleague. */
export function castNotes(random: Random, desk: Desk, written: readonly WrittenChat[]): WrittenNote[] {
  const taken = written.filter(({ chat }) => chat.assignedAgentId !== null && random.chance(1 / 6));
  return taken.map(({ chat }) => {
    const author = desk.staff.find(({ _id }) => _id === chat.assignedAgentId) ?? random.pick(desk.staff);
    const colleague = random.pick(desk.staff.filter((other) => other !== author));
    const remark = random.pick(REMARKS);
    const createdAt = chat.lastMessage.timestamp;
    return {
      _id: random.idAt(createdAt),
      subjectKind: 'chat',
      subjectId: chat._id,
      authorId: author._id,
      authorName: author.colleague.name,
      content: remark.replace('@', `@${colleague.colleague.name}`),
      mentions: remark.startsWith('@') ? [colleague._id] : [],
      createdAt,
    };
  });
}
