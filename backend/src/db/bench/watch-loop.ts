const TICK = 1;

/**
 * Watches the event loop from now on. The answer ends that, and says for how many milliseconds at most it stood still.
 *
 * @example const longestStall = watchLoop(); await work(); longestStall() // 3.2
 */
export function watchLoop(): () => number {
  let last = performance.now();
  let longest = 0;
  const look = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last - TICK);
    last = now;
  };
  const timer = setInterval(look, TICK);
  return () => {
    look();
    clearInterval(timer);
    return longest;
  };
}
