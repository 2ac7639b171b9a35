import { useMemo } from 'preact/hooks';
import { useConsole } from '../../context.ts';
import { deviceName } from '../../models/device-name.ts';
import type { Session } from '../../models/session-model.ts';
import { createSubmission } from '../../models/submission.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';

/** What is about to end: one session, or all but this one. */
export type Ending = { session: Session } | { others: number };

interface EndSessionsDialogProps {
  ending: Ending;
  /** It has ended; says so in words. */
  onDone(message: string): void;
  onClose(): void;
}

/** Asks before sessions end, since that cannot be taken back. */
export function EndSessionsDialog({ ending, onDone, onClose }: EndSessionsDialogProps) {
  const { session } = useConsole();
  const end = useMemo(
    () =>
      createSubmission(() =>
        'session' in ending ? session.revokeSession(ending.session.id) : session.revokeOtherSessions(),
      ),
    [ending],
  );
  const words = wordsFor(ending);
  return (
    <Dialog title={words.question} onClose={onClose}>
      <p class="dialog-text">{words.consequence}</p>
      {end.failure.value !== null && <Notice tone="bad">{end.failure.value}</Notice>}
      <div class="dialog-actions">
        <Button kind="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button
          kind="danger"
          busy={end.busy.value}
          autoFocus
          onClick={() => void end.run(undefined).then((done) => done && onDone(words.done))}
        >
          {words.action}
        </Button>
      </div>
    </Dialog>
  );
}

function wordsFor(ending: Ending): Record<'question' | 'consequence' | 'action' | 'done', string> {
  if ('session' in ending) {
    const { name } = deviceName(ending.session.userAgent);
    return {
      question: `Sign out ${name}?`,
      consequence:
        'It is signed out at once and needs your password to come back. What was written there and not sent yet stays on that device. This cannot be undone.',
      action: 'Sign out',
      done: `${name} is signed out`,
    };
  }
  const which = ending.others === 1 ? 'The other session is' : `The ${ending.others} other sessions are`;
  return {
    question: 'Sign out everywhere else?',
    consequence: `${which} signed out at once; only this one stays. Coming back needs your password. This cannot be undone.`,
    action: 'Sign out everywhere else',
    done: 'You are signed out everywhere else',
  };
}
