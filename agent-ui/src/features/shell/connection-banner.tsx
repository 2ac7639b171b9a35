import './connection-banner.css';
import { useConsole } from '../../context.ts';
import { RefreshCw, WifiOff } from '../../ui/icons.ts';

/** Says when what is on the screen is not live. A short cut in the line passes without a word. */
export function ConnectionBanner() {
  const { connection, session } = useConsole();
  const state = connection.value;
  const lost =
    state === 'reconnecting' ||
    state === 'offline' ||
    (state === 'stopped' && session.status.value === 'signed-in');
  return (
    <div role="status">
      {lost && (
        <div class={`connection-banner connection-banner--${state}`}>
          {state === 'offline' ? <WifiOff size={15} /> : <RefreshCw size={15} />}
          <span>
            {state === 'offline'
              ? 'You are offline.'
              : state === 'stopped'
                ? 'Not connected.'
                : 'Reconnecting…'}{' '}
            <span class="connection-banner-rest">
              {state === 'stopped'
                ? 'Reload the page to connect again.'
                : 'What you write is kept and goes out as soon as the connection is back.'}
            </span>
          </span>
        </div>
      )}
    </div>
  );
}
