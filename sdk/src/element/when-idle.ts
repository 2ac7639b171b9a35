/** Runs `task` when the page has nothing better to do. Answers the cancel. */
export function whenIdle(task: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const id = requestIdleCallback(task, { timeout: 3_000 });
    return () => cancelIdleCallback(id);
  }
  // Safari has no idle callback yet.
  const id = setTimeout(task, 500);
  return () => clearTimeout(id);
}
