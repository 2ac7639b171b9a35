import type { mongo } from 'mongoose';
import { serverError } from '../driver/errors.ts';

/** An error of a pipeline as the server answers it: most of these have a number only. */
export function failure(code: number, message: string): mongo.MongoServerError {
  return serverError(code, `Location${code}`, message);
}
