import { mongo } from 'mongoose';
import { serverError } from '../driver/errors.ts';
import { decodeDocument, decodeExact } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import type { ReadRequest } from './read-request.ts';

/** A read on its way to another thread: its BSON values as bytes. */
export type SentRequest = Omit<ReadRequest, 'documents'> & { readonly bytes: Uint8Array };

/** What the calling thread says. The first `next` of a read carries its request. */
export type ToThread =
  | { readonly kind: 'next'; readonly id: number; readonly count: number; readonly request?: SentRequest }
  | { readonly kind: 'close'; readonly id: number };

export type SentError = { readonly message: string; readonly code?: number; readonly codeName?: string };

/** What the reading thread answers: documents one after the other as BSON, or why there are none. */
export type FromThread =
  | { readonly id: number; readonly batch: Uint8Array; readonly isDone: boolean }
  | { readonly id: number; readonly error: SentError };

export function sendRequest({ documents, ...plain }: ReadRequest): SentRequest {
  return { ...plain, bytes: mongo.BSON.serialize(documents, { ignoreUndefined: true }) };
}

export function receiveRequest({ bytes, ...plain }: SentRequest): ReadRequest {
  return { ...plain, documents: decodeExact(bytes) };
}

/** BSON documents say their own length, so a batch of them is just one after the other. */
export function receiveBatch(batch: Uint8Array): Document[] {
  const documents: Document[] = [];
  const view = new DataView(batch.buffer, batch.byteOffset, batch.byteLength);
  for (let at = 0; at < batch.byteLength;) {
    const length = view.getInt32(at, true);
    documents.push(decodeDocument(batch.subarray(at, at + length)));
    at += length;
  }
  return documents;
}

export function sendError(error: unknown): SentError {
  if (error instanceof mongo.MongoServerError) {
    const { message, code, codeName } = error;
    return { message, ...(typeof code === 'number' && { code, codeName: String(codeName) }) };
  }
  return { message: error instanceof Error ? error.message : String(error) };
}

export function receiveError({ message, code, codeName }: SentError): Error {
  return code === undefined ? new Error(message) : serverError(code, codeName ?? '', message);
}
