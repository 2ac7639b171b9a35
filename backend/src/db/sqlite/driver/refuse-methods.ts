import { unsupported } from './errors.ts';

/**
 * Gives every method of the driver's class that is not written here a clear refusal.
 *
 * @param what how the class is called in the refusal
 * @param ours the prototype of the class that stands in for it
 */
export function refuseOtherMethods(what: string, ours: object, theirs: object): void {
  for (const name of methodsOf(theirs)) {
    if (name in ours) continue;
    const refuse = (): never => {
      throw unsupported(`the ${what} method ${name}()`);
    };
    Object.defineProperty(ours, name, { value: refuse, configurable: true });
  }
}

/** The names of all methods, those of the classes above it included; not those every event emitter has. */
export function methodsOf(prototype: object): string[] {
  const names = new Set<string>();
  let level: object | null = prototype;
  while (level !== null && level !== Object.prototype && !Object.hasOwn(level, 'emit')) {
    for (const name of Object.getOwnPropertyNames(level)) {
      const descriptor = Object.getOwnPropertyDescriptor(level, name);
      if (typeof descriptor?.value === 'function' && name !== 'constructor') names.add(name);
    }
    level = Object.getPrototypeOf(level) as object | null;
  }
  return [...names];
}
