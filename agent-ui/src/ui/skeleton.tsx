import './skeleton.css';
import { classNames } from './class-names.ts';

interface SkeletonProps {
  shape?: 'line' | 'round' | 'bubble';
  width?: 'short' | 'medium' | 'long';
  /** Stands at the end of the line, as one's own messages do. */
  end?: boolean;
}

/** A grey stand-in for what is still loading. Decorative. */
export function Skeleton({ shape = 'line', width, end }: SkeletonProps) {
  return (
    <span
      class={classNames(
        'skeleton',
        `skeleton--${shape}`,
        width && `skeleton--${width}`,
        end && 'skeleton--end',
      )}
      aria-hidden="true"
    />
  );
}
