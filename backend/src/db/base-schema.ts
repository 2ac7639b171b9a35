import { mongo } from 'mongoose';

/** What every stored document has. */
export interface Timestamps {
  createdAt: Date;
  updatedAt: Date;
}

/**
 * The options of every schema: timestamps, nothing stored that the schema does not name, filters that name only
 * known paths, indexes made by the start and not by the first use.
 *
 * @example const tagSchema = new Schema<TagRecord>({ name: { type: String, required: true } }, schemaOptions('tags'));
 */
export function schemaOptions<const Collection extends string>(collection: Collection) {
  return {
    collection,
    timestamps: true,
    strict: 'throw',
    strictQuery: 'throw',
    versionKey: false,
    minimize: false,
    autoCreate: false,
    autoIndex: false,
  } as const;
}

/** Did the database refuse a second document under a unique key? */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === 11_000;
}
