import './shortcuts-dialog.css';
import { useConsole } from '../../context.ts';
import { Dialog } from '../../ui/dialog.tsx';

const SHORTCUTS: { keys: string[]; does: string }[] = [
  { keys: ['j', '↓'], does: 'Next chat' },
  { keys: ['k', '↑'], does: 'Previous chat' },
  { keys: ['Enter'], does: 'Open the chat' },
  { keys: ['Esc'], does: 'Back to the list' },
  { keys: ['/'], does: 'Search' },
  { keys: ['c'], does: 'Claim the chat' },
  { keys: ['r'], does: 'Write a reply' },
  { keys: ['a'], does: 'Accept the chat that is offered' },
  { keys: ['x'], does: 'Decline it' },
  { keys: ['Enter', 'Ctrl Enter'], does: 'Send the message' },
  { keys: ['Shift Enter'], does: 'New line in a message' },
  { keys: ['@'], does: 'Name a colleague in a note' },
  { keys: ['?'], does: 'This list' },
];

/** All keys, and the way to turn single ones off. */
export function ShortcutsDialog() {
  const { shortcuts } = useConsole();
  return (
    <Dialog title="Keyboard shortcuts" onClose={() => shortcuts.setListed(false)}>
      <ul class="shortcut-list">
        {SHORTCUTS.map(({ keys, does }) => (
          <li class="shortcut" key={does}>
            {does}
            <span class="shortcut-keys">
              {keys.map((key, index) => (
                <span key={key}>
                  {index > 0 && ' or '}
                  <kbd class="key">{key}</kbd>
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
      <label class="switch-row">
        <input
          type="checkbox"
          checked={shortcuts.enabled.value}
          onChange={(event) => shortcuts.setEnabled(event.currentTarget.checked)}
        />
        Single-key shortcuts
      </label>
    </Dialog>
  );
}
