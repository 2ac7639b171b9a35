import type { Note } from '@wzatco/sdk/contract';
import type { NoteRecord } from './note.model.ts';

export function toNote(record: NoteRecord): Note {
  return {
    id: String(record._id),
    subject: { kind: record.subjectKind, id: String(record.subjectId) },
    author: { id: String(record.authorId), name: record.authorName },
    content: record.content,
    mentions: record.mentions.map(String),
    timestamp: record.createdAt.toISOString(),
  };
}
