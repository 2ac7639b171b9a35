import { useRef, useState } from 'preact/hooks';
import type { CreatedUser } from '../../models/users-model.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Check, Copy } from '../../ui/icons.ts';

/** The user is made: the link to hand over, or the word that they can sign in at once. */
export function InvitationLink({ user, onClose }: { user: CreatedUser; onClose(): void }) {
  const [copied, setCopied] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const url = user.invitationUrl;

  const copy = async (text: string) => {
    field.current?.select();
    // Without https there is no clipboard; the selected text is there for the keyboard's copy.
    if (!window.isSecureContext) return;
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };

  return (
    <Dialog title={`${user.name} is in the team`} onClose={onClose}>
      {url === undefined ? (
        <p class="dialog-text">They can sign in now with {user.email} and the password you chose.</p>
      ) : (
        <>
          <p class="dialog-text">
            Send this link to {user.email}. It works once and for seven days, to choose a password.
          </p>
          <div class="copy-row">
            <input
              ref={field}
              class="field-control"
              aria-label="Invitation link"
              readOnly
              value={url}
              onFocus={(event) => event.currentTarget.select()}
            />
            <Button
              kind="primary"
              icon={copied ? <Check size={15} /> : <Copy size={15} />}
              onClick={() => void copy(url)}
            >
              {copied ? 'Copied' : 'Copy'}
            </Button>
          </div>
        </>
      )}
      <div class="dialog-actions">
        <Button onClick={onClose}>Done</Button>
      </div>
    </Dialog>
  );
}
