/**
 * Makes calls that overlap share one run and its outcome.
 *
 * @example
 * const renew = singleFlight(() => fetchToken());
 * await Promise.all([renew(), renew()]); // one request
 */
export function singleFlight<T>(task: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  return () => {
    running ??= task().finally(() => {
      running = null;
    });
    return running;
  };
}
