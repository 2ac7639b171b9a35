import { NOTE_SUBJECTS } from '@wzatco/sdk/contract/constants';
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import { schemaOptions, type Timestamps } from '../../db/base-schema.ts';

export interface NoteRecord extends Timestamps {
  _id: Types.ObjectId;
  subjectKind: (typeof NOTE_SUBJECTS)[number];
  subjectId: Types.ObjectId;
  authorId: Types.ObjectId;
  authorName: string;
  content: string;
  mentions: Types.ObjectId[];
  /** There while those whom it mentions were not told: written with the note, so that no crash forgets them. */
  mentionsDue?: true;
}

const noteSchema = new Schema<NoteRecord>(
  {
    subjectKind: { type: String, enum: NOTE_SUBJECTS, required: true },
    subjectId: { type: Schema.Types.ObjectId, required: true },
    authorId: { type: Schema.Types.ObjectId, required: true },
    authorName: { type: String, required: true },
    content: { type: String, required: true },
    mentions: { type: [Schema.Types.ObjectId], default: [] },
    mentionsDue: { type: Boolean },
  },
  schemaOptions('notes'),
);
noteSchema.index({ mentionsDue: 1 }, { partialFilterExpression: { mentionsDue: true } });
noteSchema.index({ subjectKind: 1, subjectId: 1, createdAt: -1, _id: -1 });

export type NoteModel = Model<NoteRecord>;

export function defineNoteModel(connection: Connection): NoteModel {
  return connection.model<NoteRecord>('Note', noteSchema);
}
