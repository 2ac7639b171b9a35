import { mongo } from 'mongoose';
import { unsupported } from './errors.ts';

/** Gives every method of the driver's collection that is not written here a clear refusal. */
export function refuseOtherMethods(prototype: object): void {
  for (const name of Object.getOwnPropertyNames(mongo.Collection.prototype)) {
    const descriptor = Object.getOwnPropertyDescriptor(mongo.Collection.prototype, name);
    if (name in prototype || typeof descriptor?.value !== 'function') continue;
    Object.defineProperty(prototype, name, {
      value: () => {
        throw unsupported(`the collection method ${name}()`);
      },
    });
  }
}
