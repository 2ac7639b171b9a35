import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** Takes files that are dropped on an element, or pasted into it; answers whether some hover over it. */
export function useFileDrop(
  zone: RefObject<HTMLElement | null>,
  enabled: boolean,
  onFiles: (files: File[]) => void,
): boolean {
  const [hovering, setHovering] = useState(false);
  useLayoutEffect(() => {
    const element = zone.current;
    if (!element || !enabled) return;
    const listening = new AbortController();
    const { signal } = listening;
    // Elements within that the pointer has entered and not left.
    let depth = 0;
    const hover = (next: number) => {
      depth = Math.max(next, 0);
      setHovering(depth > 0);
    };
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    element.addEventListener('dragenter', (event) => hasFiles(event) && hover(depth + 1), { signal });
    element.addEventListener('dragleave', (event) => hasFiles(event) && hover(depth - 1), { signal });
    // Otherwise the browser would open the file in place of the console.
    element.addEventListener('dragover', (event) => hasFiles(event) && event.preventDefault(), { signal });
    element.addEventListener(
      'drop',
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        hover(0);
        onFiles([...(event.dataTransfer?.files ?? [])]);
      },
      { signal },
    );
    element.addEventListener(
      'paste',
      (event) => {
        const files = event.clipboardData?.files;
        // What an office program copies is text with a picture of it: the text is meant.
        if (!files?.length || event.clipboardData?.types.includes('text/plain')) return;
        event.preventDefault();
        onFiles([...files]);
      },
      { signal },
    );
    return () => {
      listening.abort();
      setHovering(false);
    };
  }, [enabled, onFiles]);
  return hovering;
}
