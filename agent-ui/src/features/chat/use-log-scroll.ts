import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

interface LogScrollInput {
  frame: RefObject<HTMLElement | null>;
  /** Keys of the first and the last entry; empty strings while there is none. */
  first: string;
  last: string;
  /** Did the last entry come from the reader? Then it is always shown. */
  lastIsMine: boolean;
  /** Grows below without a new entry, e.g. while somebody writes. */
  growth: number;
  onReachTop(): void;
  onSeeEnd(): void;
}

/** How near the end counts as being there, in pixels. */
const NEAR = 48;

/**
 * Keeps a log where its reader is: at the end as long as they are there, in place when older entries come above.
 * Answers whether something new came below the fold, and how to go there.
 */
export function useLogScroll(input: LogScrollInput): { newBelow: boolean; toEnd(): void } {
  const { frame, first, last, lastIsMine, growth } = input;
  const [newBelow, setNewBelow] = useState(false);
  const atEnd = useRef(true);
  const before = useRef({ first: '', last: '', height: 0 });
  const latest = useRef(input);
  latest.current = input;

  const toEnd = () => {
    const log = frame.current;
    if (log) log.scrollTop = log.scrollHeight;
  };
  const see = () => {
    if (atEnd.current && document.visibilityState === 'visible' && document.hasFocus())
      latest.current.onSeeEnd();
  };

  useLayoutEffect(() => {
    const log = frame.current;
    if (!log) return;
    const was = before.current;
    const opened = was.last === '';
    if (!opened && first !== was.first && last === was.last) {
      log.scrollTop += log.scrollHeight - was.height;
    } else if (atEnd.current || opened || (last !== was.last && lastIsMine)) {
      toEnd();
    } else if (last !== was.last) {
      setNewBelow(true);
    }
    before.current = { first, last, height: log.scrollHeight };
    see();
  }, [first, last, growth]);

  useLayoutEffect(() => {
    const log = frame.current;
    if (!log) return undefined;
    const onScroll = () => {
      atEnd.current = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
      if (atEnd.current) setNewBelow(false);
      see();
      if (log.scrollTop < 120) latest.current.onReachTop();
    };
    // The composer grows, the keyboard opens: who was at the end stays there.
    const resized = new ResizeObserver(() => {
      if (atEnd.current) toEnd();
      before.current.height = log.scrollHeight;
    });
    resized.observe(log);
    log.addEventListener('scroll', onScroll, { passive: true });
    window.addEventListener('focus', see);
    document.addEventListener('visibilitychange', see);
    return () => {
      resized.disconnect();
      log.removeEventListener('scroll', onScroll);
      window.removeEventListener('focus', see);
      document.removeEventListener('visibilitychange', see);
    };
  }, []);

  return { newBelow, toEnd };
}
