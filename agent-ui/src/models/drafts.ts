import { keptText } from './kept-text.ts';

const index = keptText('session', 'drafts');

function draftNames(): string[] {
  return (index.get() ?? '').split(' ').filter(Boolean);
}

/** What was written under a name (one for each user and chat) and not sent yet; '' for nothing. It lasts over reloads and an expired session. */
export function readDraft(name: string): string {
  return keptText('session', `draft.${name}`).get() ?? '';
}

/** Keeps what is written; '' forgets it. */
export function keepDraft(name: string, text: string): void {
  keptText('session', `draft.${name}`).set(text === '' ? null : text);
  const names = new Set(draftNames());
  if (text === '') names.delete(name);
  else names.add(name);
  index.set(names.size === 0 ? null : [...names].join(' '));
}

/** Forgets all drafts of this tab. */
export function clearDrafts(): void {
  for (const name of draftNames()) keptText('session', `draft.${name}`).set(null);
  index.set(null);
}
