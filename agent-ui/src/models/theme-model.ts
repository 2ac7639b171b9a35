import { signal, type ReadonlySignal } from '@preact/signals';
import { keptText } from './kept-text.ts';

export type Theme = 'auto' | 'light' | 'dark';

/** Light, dark, or as the system says; remembered by this browser. */
export interface ThemeModel {
  theme: ReadonlySignal<Theme>;
  choose(theme: Theme): void;
}

export function createThemeModel(): ThemeModel {
  const kept = keptText('local', 'theme');
  const known = kept.get();
  const theme = signal<Theme>(known === 'light' || known === 'dark' ? known : 'auto');
  const apply = () => {
    if (theme.peek() === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme.peek();
  };
  apply();
  return {
    theme,
    choose(next) {
      theme.value = next;
      kept.set(next === 'auto' ? null : next);
      apply();
    },
  };
}
