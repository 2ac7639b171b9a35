import type { Types } from 'mongoose';
import {
  activityTime,
  preview,
  searchTermsOf,
  type ChatRecord,
  type MessageRecord,
} from '../features/chat/index.ts';
import type { PlannedChat } from './plan-chat.ts';
import type { Random } from './random.ts';
import type { Story } from './stories/story.ts';

/** Somebody who writes, as they are stored. */
interface Person {
  id: Types.ObjectId;
  name: string;
}

/** Between whom a chat is, where, and about what. */
export interface Setting {
  siteId: Types.ObjectId;
  departmentId: Types.ObjectId | null;
  customer: Person & { email: string | null };
  /** Who has or had it, unless nobody came. */
  agent: Person;
  story: Story;
  page: string;
  /** Fills in what stands in braces. */
  fill(text: string): string;
}

type Written<Record> = Omit<Record, 'updatedAt'>;

/** What a message said before it was edited or deleted. */
export interface WrittenRevision {
  chatId: Types.ObjectId;
  messageId: Types.ObjectId;
  rev: number;
  content: string;
  writtenAt: Date;
  replacedAt: Date;
}

/** The documents of one chat. */
export interface WrittenChat {
  chat: Written<ChatRecord>;
  messages: Written<MessageRecord>[];
  revisions: WrittenRevision[];
}

/** How long after a message its writer changed it, in milliseconds. */
const SECOND_THOUGHT = 3_000;

/** Makes the documents of a chat as the server would have stored them, step by step: `seq` and `rev` without a gap. */
export function writeChat(random: Random, plan: PlannedChat, setting: Setting): WrittenChat {
  const { customer, agent, fill } = setting;
  const chatId = random.idAt(plan.lines[0].at);
  const messages: Written<MessageRecord>[] = [];
  const revisions: WrittenRevision[] = [];
  let rev = 0;
  let isTaken = false;
  for (const [index, line] of plan.lines.entries()) {
    if (line.by === 'agent' && !isTaken) {
      isTaken = true;
      rev += 1;
    }
    rev += 1;
    const author = line.by === 'agent' ? agent : customer;
    const message: Written<MessageRecord> = {
      _id: random.idAt(line.at),
      chatId,
      seq: index + 1,
      rev,
      clientMessageId: null,
      sender: line.by,
      senderId: author.id,
      senderName: author.name,
      content: fill(line.text),
      attachments: [],
      editedAt: null,
      deletedAt: null,
      createdAt: line.at,
    };
    messages.push(message);
    if (line.before === null && !line.deleted) continue;
    rev += 1;
    const replacedAt = new Date(line.at.getTime() + SECOND_THOUGHT);
    const said = line.before === null ? message.content : fill(line.before);
    revisions.push({
      chatId,
      messageId: message._id,
      rev: message.rev,
      content: said,
      writtenAt: line.at,
      replacedAt,
    });
    Object.assign(message, { rev, changedRev: rev });
    if (line.deleted) message.deletedAt = replacedAt;
    else message.editedAt = replacedAt;
  }
  // The end and the rating are changes too.
  rev += (plan.closedAt ? 1 : 0) + (plan.rating ? 1 : 0);
  return { chat: chatOf(plan, setting, messages, { chatId, rev }), messages, revisions };
}

function chatOf(
  plan: PlannedChat,
  { siteId, departmentId, customer, agent, story, page }: Setting,
  messages: readonly Written<MessageRecord>[],
  { chatId, rev }: { chatId: Types.ObjectId; rev: number },
): Written<ChatRecord> {
  const last = messages.at(-1);
  const firstAnswer = messages.find(({ sender }) => sender === 'agent');
  if (!last) throw new Error('A chat begins with a message.');
  const lastOf = (sender: string) => messages.findLast((message) => message.sender === sender)?.seq ?? 0;
  return {
    _id: chatId,
    siteId,
    customerId: customer.id,
    customerName: customer.name,
    customerEmail: customer.email,
    departmentId,
    status: plan.status,
    assignedAgentId: plan.assignedAt ? agent.id : null,
    priority: story.priority ?? 'normal',
    tags: story.tags,
    lastSeq: last.seq,
    lastRev: rev,
    // Of an open chat each side has read up to what it answered last; what came after is new to it.
    readByCustomer: plan.status === 'closed' ? last.seq : lastOf('customer'),
    readByAgent: plan.status === 'closed' && plan.assignedAt ? last.seq : lastOf('agent'),
    lastMessage: preview(last.content, last.sender, last.createdAt),
    page,
    rating: plan.rating?.stars ?? null,
    ratingComment: plan.rating?.comment ?? null,
    ...(plan.status === 'closed' ? {} : { openKey: `${siteId}:${customer.id}` }),
    openedWith: null,
    searchTerms: searchTermsOf(customer.name, customer.email),
    lastActivityAt: activityTime(plan.closedAt ?? last.createdAt),
    queuedAt: messages[0]?.createdAt ?? last.createdAt,
    assignedAt: plan.assignedAt,
    ...(firstAnswer ? { firstResponseAt: firstAnswer.createdAt } : {}),
    closedAt: plan.closedAt,
    closedBy: plan.closedBy,
    createdAt: messages[0]?.createdAt ?? last.createdAt,
  };
}
