import './offline-hint.css';
import { useConsole } from '../../context.ts';
import { PresenceDot } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';

/** Reminds whoever is here that the others see them as away from work. */
export function OfflineHint() {
  const { presence, connection } = useConsole();
  if (presence.own.value !== 'offline' || connection.value !== 'online') return null;
  return (
    <div class="offline-hint">
      <PresenceDot status="offline" />
      <span class="offline-hint-text">You appear offline.</span>
      <Button kind="link" onClick={() => void presence.choose('online')}>
        Go online
      </Button>
    </div>
  );
}
