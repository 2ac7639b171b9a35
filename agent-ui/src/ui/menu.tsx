import './menu.css';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Check } from './icons.ts';
import { placeMenu, type MenuPlace } from './menu-place.ts';
import { useOutsidePress } from './use-outside-press.ts';

export interface MenuEntry {
  key: string;
  label: string;
  hint?: string;
  icon?: ComponentChildren;
  /** Set: the entry is one of a choice (menuitemradio). */
  checked?: boolean;
  danger?: boolean;
  /** A line before it. */
  separated?: boolean;
  onSelect(): void;
}

interface MenuProps {
  /** The button's accessible name; the menu takes it too. */
  label: string;
  trigger: ComponentChildren;
  triggerClass: string;
  entries: MenuEntry[];
  /** Where it opens unless there is no room. */
  opens?: 'up' | 'down';
}

const PREFERRED = {
  up: { block: 'up', inline: 'start' },
  down: { block: 'down', inline: 'end' },
} as const;

/** A button that opens a menu, with the keys of the ARIA menu pattern. */
export function Menu({ label, trigger, triggerClass, entries, opens = 'down' }: MenuProps) {
  const [open, setOpen] = useState(false);
  const [place, setPlace] = useState<MenuPlace>(PREFERRED[opens]);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);

  const items = () => [...(list.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];

  useLayoutEffect(() => {
    if (!open) return;
    setPlace(roomFor(root.current, list.current, PREFERRED[opens]));
    const all = items();
    // The place is known but not taken yet: what is scrolled to now would be the wrong one.
    (all.find((item) => item.getAttribute('aria-checked') === 'true') ?? all[0])?.focus({
      preventScroll: true,
    });
  }, [open]);
  useOutsidePress(root, open, () => setOpen(false));

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const all = items();
    const at = all.findIndex((item) => item === document.activeElement);
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: all.length - 1,
    };
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      all[(next + all.length) % all.length]?.focus();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    } else if (event.key === 'Tab') setOpen(false);
  };

  return (
    <div class="menu-root" ref={root}>
      <button
        ref={button}
        type="button"
        class={triggerClass}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {trigger}
      </button>
      {open && (
        <div
          ref={list}
          class={`menu menu--${place.block} menu--${place.inline}`}
          role="menu"
          aria-label={label}
          onKeyDown={onKeyDown}
        >
          {entries.map((entry) => (
            <MenuRow
              key={entry.key}
              entry={entry}
              onSelect={() => {
                close();
                entry.onSelect();
              }}
            />
          ))}
        </div>
      )}
    </div>
  );
}

/** The place of an open menu within what scrolls around it, or within the window. */
function roomFor(root: HTMLElement | null, list: HTMLElement | null, prefers: MenuPlace): MenuPlace {
  if (!root || !list) return prefers;
  const scroller = root.closest('.scroll');
  return placeMenu({
    button: root.getBoundingClientRect(),
    menu: { width: list.offsetWidth, height: list.offsetHeight },
    frame: scroller
      ? scroller.getBoundingClientRect()
      : { left: 0, top: 0, right: window.innerWidth, bottom: window.innerHeight },
    rightToLeft: getComputedStyle(root).direction === 'rtl',
    prefers,
  });
}

function MenuRow({ entry, onSelect }: { entry: MenuEntry; onSelect(): void }) {
  return (
    <>
      {entry.separated && <div class="menu-line" role="separator" />}
      <button
        type="button"
        class={entry.danger ? 'menu-item menu-item--danger' : 'menu-item'}
        role={entry.checked === undefined ? 'menuitem' : 'menuitemradio'}
        {...(entry.checked !== undefined && { 'aria-checked': entry.checked })}
        tabIndex={-1}
        onClick={onSelect}
      >
        {entry.icon}
        <span class="menu-item-text">
          {entry.label}
          {entry.hint !== undefined && <span class="menu-item-hint">{entry.hint}</span>}
        </span>
        {entry.checked === true && <Check size={15} />}
      </button>
    </>
  );
}
