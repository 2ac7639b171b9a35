import type { Message } from '@wzatco/sdk/contract';

/** A stored message as the product acknowledges and forwards it, byte for byte but for ids and numbers. */
export function sampleMessage(
  chatId: string,
  side: string,
  seq: number,
  { message, clientMessageId }: { message: string; clientMessageId: string },
): Message {
  return {
    chatId,
    id: '6923a1b2c3d4e5f601234567',
    seq,
    rev: seq,
    sender: side === 'customer' ? 'customer' : 'agent',
    senderId: '6923a1b2c3d4e5f601234568',
    senderName: side === 'customer' ? 'Customer 123' : 'Agent 123',
    content: message,
    attachments: [],
    clientMessageId,
    timestamp: new Date().toISOString(),
  };
}

/** What the product tells the agents' lists after each message. */
export function sampleUpdate({ chatId, seq, content, sender, timestamp }: Message): object {
  return {
    chatId,
    lastSeq: seq,
    lastRev: seq,
    chat: {
      id: chatId,
      status: 'active',
      department: 'Team 123',
      priority: 'normal',
      tags: [],
      customer: { id: '6923a1b2c3d4e5f601234568', name: 'Customer 123', email: null },
      agent: { id: '6923a1b2c3d4e5f601234569', name: 'Agent 123', avatar: null },
      lastSeq: seq,
      lastRev: seq,
      read: { customer: 0, agent: 0 },
      lastMessage: { content, sender, timestamp },
      rating: null,
      page: null,
      createdAt: timestamp,
      assignedAt: timestamp,
      closedAt: null,
      closedBy: null,
    },
  };
}
