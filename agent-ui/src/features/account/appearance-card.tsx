import './appearance-card.css';
import { useConsole } from '../../context.ts';
import type { Theme } from '../../models/theme-model.ts';
import { Monitor, Moon, Sun } from '../../ui/icons.ts';

const THEMES: { value: Theme; label: string; Icon: typeof Sun }[] = [
  { value: 'auto', label: 'System', Icon: Monitor },
  { value: 'light', label: 'Light', Icon: Sun },
  { value: 'dark', label: 'Dark', Icon: Moon },
];

/** Light or dark, on this device. */
export function AppearanceCard() {
  const { theme } = useConsole();
  return (
    <section class="card" aria-labelledby="appearance-title">
      <div class="card-head">
        <div>
          <h2 id="appearance-title" class="card-title">
            Appearance
          </h2>
          <p class="card-text">On this device only.</p>
        </div>
        <fieldset class="choice-row">
          <legend class="visually-hidden">Theme</legend>
          {THEMES.map(({ value, label, Icon }) => (
            <label class="choice" key={value}>
              <input
                type="radio"
                name="theme"
                value={value}
                checked={theme.theme.value === value}
                onChange={() => theme.choose(value)}
              />
              <Icon size={15} /> {label}
            </label>
          ))}
        </fieldset>
      </div>
    </section>
  );
}
