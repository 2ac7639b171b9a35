/** What a page pushes: a method of the element and its arguments, e.g. `['sendMessage', 'Hello']`. */
export type Command = readonly [name: string, ...parameters: unknown[]];

/** `window.Wzatco`. */
export interface CommandQueue {
  /** Runs commands, now or as soon as there is an element. Never throws. */
  push(...commands: Command[]): void;
  /**
   * Listens to the element's events, named with or without `wzatco-`. Answers the unsubscribe.
   *
   * @example
   * const off = Wzatco.on('message', ({ message }) => console.log(message.content));
   */
  on(event: string, listener: (detail: unknown) => void): () => void;
}

/** The methods of the element that a page may push. */
const COMMANDS = 'open close toggle show hide startChat sendMessage identify logout destroy'.split(' ');

/**
 * The queue behind `window.Wzatco`. `earlier` is what the page pushed into an array before the script came;
 * `element` finds the element once it can take commands; `fail` is told of a command that does not exist or throws.
 * `flush` runs what has waited.
 */
export function createCommandQueue(
  earlier: unknown,
  events: EventTarget,
  element: () => object | null,
  fail: (message: string) => void,
): CommandQueue & { flush(): void } {
  const waiting: unknown[] = Array.isArray(earlier) ? [...earlier] : [];

  function run(command: unknown, target: object): void {
    const [name, ...parameters] = Array.isArray(command) ? (command as unknown[]) : [command];
    const method: unknown = COMMANDS.includes(String(name)) ? Reflect.get(target, String(name)) : null;
    if (typeof method !== 'function') return fail(`Unknown command: ${String(name)}`);
    try {
      method.apply(target, parameters);
    } catch (error) {
      fail(`${String(name)}: ${String(error)}`);
    }
  }

  function flush(): void {
    const target = element();
    if (target) for (const command of waiting.splice(0)) run(command, target);
  }

  return {
    push(...commands) {
      waiting.push(...commands);
      flush();
    },
    on(event, listener) {
      const name = event.startsWith('wzatco-') ? event : `wzatco-${event}`;
      const handle = (happened: Event): void => listener((happened as CustomEvent<unknown>).detail);
      events.addEventListener(name, handle);
      return () => events.removeEventListener(name, handle);
    },
    flush,
  };
}
