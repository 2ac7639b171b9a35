/**
 * Gives this program what a browser gives its pages: `localStorage`, Web Locks, and cookies that `fetch` keeps and
 * sends with the page's origin. Clients with `storage: 'local'` then survive a reload, and are tabs of one device.
 *
 * @returns The end of it, with all that was stored.
 * @example const leave = actAsBrowser(); … leave();
 */
export function actAsBrowser(): () => void {
  const page: { localStorage?: Storage; fetch: typeof fetch } = globalThis;
  const navigator: { locks?: Pick<LockManager, 'request'> } = globalThis.navigator;
  const before = { storage: page.localStorage, fetch: page.fetch, locks: navigator.locks };
  const restore = (target: object, name: string, value: unknown) =>
    value === undefined
      ? Reflect.deleteProperty(target, name)
      : Object.defineProperty(target, name, { value, configurable: true, writable: true });
  restore(page, 'localStorage', createStorage());
  restore(page, 'fetch', fetchWithCookies(before.fetch));
  restore(navigator, 'locks', { request: createLocks() });
  return () => {
    restore(page, 'localStorage', before.storage);
    restore(page, 'fetch', before.fetch);
    restore(navigator, 'locks', before.locks);
  };
}

function createStorage(): Storage {
  const values = new Map<string, string>();
  return {
    get length() {
      return values.size;
    },
    key: (at) => [...values.keys()][at] ?? null,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, String(value)),
    removeItem: (key) => void values.delete(key),
    clear: () => values.clear(),
  };
}

/** One holder of a name at a time, in the order of asking. */
function createLocks() {
  const tails = new Map<string, Promise<unknown>>();
  return (name: string, task: () => Promise<unknown>): Promise<unknown> => {
    const run = (tails.get(name) ?? Promise.resolve()).then(task);
    // A failure goes to who asked; the next one gets the lock all the same.
    tails.set(
      name,
      run.catch(() => undefined),
    );
    return run;
  };
}

function fetchWithCookies(plain: typeof fetch): typeof fetch {
  const cookies = new Map<string, string>();
  const withCookies = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    if (init.credentials !== 'include') return plain(input, init);
    const { origin } = new URL(input instanceof Request ? input.url : input);
    const headers = new Headers(init.headers);
    headers.set('origin', origin);
    const kept = cookies.get(origin);
    if (kept) headers.set('cookie', kept);
    const response = await plain(input, { ...init, headers });
    for (const line of response.headers.getSetCookie()) cookies.set(origin, line.split(';')[0] ?? '');
    return response;
  };
  return Object.assign(withCookies, { preconnect: plain.preconnect });
}
