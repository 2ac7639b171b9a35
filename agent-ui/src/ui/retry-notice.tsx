import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

/** Says why something was not loaded, and loads it again. */
export function RetryNotice({ failure, onRetry }: { failure: string; onRetry(): void }) {
  return (
    <Notice tone="bad">
      {failure}{' '}
      <Button kind="link" onClick={onRetry}>
        Try again
      </Button>
    </Notice>
  );
}
