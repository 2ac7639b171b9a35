import './splash.css';
import { useConsole } from '../../context.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { WifiOff } from '../../ui/icons.ts';
import mark from '../../ui/mark.svg';

/** While it is not known who is there; says so when no server answers. */
export function Splash() {
  const { session } = useConsole();
  const failure = session.startFailure.value;
  return (
    <main class="splash" aria-busy={failure === null}>
      {failure === null ? (
        <img class="splash-mark" src={mark} width={44} height={44} alt="Loading the console" />
      ) : (
        <EmptyState
          icon={<WifiOff size={22} />}
          title="The server does not answer"
          action={
            <Button kind="primary" onClick={() => void session.start()}>
              Try again
            </Button>
          }
        >
          {failure}
        </EmptyState>
      )}
    </main>
  );
}
