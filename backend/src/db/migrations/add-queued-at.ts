import type { Connection } from 'mongoose';
import type { Migration } from './migration.ts';

/** MongoDB's codes for an index, or a whole collection, that is not there. */
const NOT_THERE = new Set<unknown>([26, 27]);

/**
 * A chat tells since when it has its place in the queue. Before, that was when it was opened, so that a reopened one
 * came before people who had waited longer.
 */
export const addQueuedAt: Migration = {
  version: 3,
  title: 'since when each chat has its place in the queue',
  async up(connection) {
    // The start makes the one that replaces it.
    await dropIndex(connection, 'status_1_departmentId_1_createdAt_1');
    const chats = connection.collection('chats');
    // Who left before anybody came, and is back, has waited since they are back.
    await chats.updateMany(
      { queuedAt: { $exists: false }, reopenedAt: { $ne: null }, firstAssignedAt: null, assignedAt: null },
      [{ $set: { firstWaitSince: '$reopenedAt' } }],
    );
    await chats.updateMany({ queuedAt: { $exists: false } }, [
      { $set: { queuedAt: { $ifNull: ['$reopenedAt', '$createdAt'] } } },
    ]);
  },
};

async function dropIndex(connection: Connection, name: string): Promise<void> {
  try {
    await connection.collection('chats').dropIndex(name);
  } catch (error) {
    if (!NOT_THERE.has((error as { code?: unknown }).code)) throw error;
  }
}
