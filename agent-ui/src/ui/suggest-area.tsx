import './suggest-area.css';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Avatar } from './avatar.tsx';
import { FieldFrame, type FieldShape } from './field.tsx';

/** A person who may be put into the text. */
export interface Suggestion {
  key: string;
  label: string;
  hint: string;
  picture: string | null;
  /** In the corner of the picture, e.g. a presence dot; the hint says the same in words. */
  mark?: ComponentChildren;
}

/** Who may stand in place of what is being written. */
export interface Suggestions {
  /** Where in the text that begins: as long as it begins there, a list that was closed stays closed. */
  at: number;
  choices: Suggestion[];
}

interface SuggestAreaProps extends FieldShape {
  value: string;
  /** Names the list, e.g. "Colleagues". */
  listLabel: string;
  /** What a text with the caret there asks for; null for nothing. */
  suggest(text: string, caret: number): Suggestions | null;
  /** Takes a choice, and answers where the caret then stands. */
  onChoice(key: string, caret: number): number;
  onText(text: string): void;
  onFocus(): void;
}

/**
 * A labelled text of several lines in which people can be named out of a list that opens while one writes. The focus
 * stays in the text: arrows move in the list, Enter and Tab choose, Escape closes.
 */
export function SuggestArea(props: SuggestAreaProps) {
  const { label, hint, problem = null, optional, value, listLabel } = props;
  const { suggest, onChoice, onText, onFocus } = props;
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  /** Where something was written last; null once the caret has gone elsewhere. */
  const [caret, setCaret] = useState<number | null>(null);
  const [active, setActive] = useState(0);
  const [closedAt, setClosedAt] = useState<number | null>(null);
  const movesTo = useRef<number | null>(null);

  const found = caret === null ? null : suggest(value, caret);
  const choices = found === null || found.at === closedAt ? [] : found.choices;
  const current = choices[Math.min(active, choices.length - 1)];
  const optionId = (key: string) => `${id}-option-${key}`;

  useLayoutEffect(() => {
    if (found === null) setClosedAt(null);
  }, [found === null]);
  useLayoutEffect(() => {
    if (movesTo.current === null) return;
    area.current?.setSelectionRange(movesTo.current, movesTo.current);
    movesTo.current = null;
  });

  const choose = (key: string) => {
    if (caret === null || found === null) return;
    const next = onChoice(key, caret);
    movesTo.current = next;
    setCaret(next);
    setClosedAt(found.at);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that confirms an input method's word is not ours; 229 is how Safari says so.
    if (!current || event.isComposing || event.keyCode === 229) return;
    const at = choices.indexOf(current);
    const moves: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1 };
    const next = moves[event.key];
    if (next !== undefined) setActive((next + choices.length) % choices.length);
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) choose(current.key);
    else if (event.key === 'Escape') setClosedAt(found?.at ?? null);
    else return;
    event.preventDefault();
  };
  const followCaret = () => {
    if (area.current?.selectionStart !== caret) setCaret(null);
  };

  return (
    <FieldFrame id={id} {...{ label, problem }} {...(hint && { hint })} {...(optional && { optional })}>
      <div class="field-frame">
        {/* HTML lets a textarea be nothing but a textbox, and a textbox may have a list and an active option too. */}
        <textarea
          ref={area}
          id={id}
          class="field-control field-area"
          dir="auto"
          rows={3}
          value={value}
          aria-invalid={problem !== null}
          aria-describedby={`${id}-note`}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          {...(current && {
            'aria-controls': `${id}-list`,
            'aria-activedescendant': optionId(current.key),
          })}
          onInput={(event) => {
            setActive(0);
            setCaret(event.currentTarget.selectionStart);
            onText(event.currentTarget.value);
          }}
          onKeyDown={onKeyDown}
          onKeyUp={followCaret}
          onClick={followCaret}
          onFocus={onFocus}
          onBlur={() => setCaret(null)}
        />
        {current && (
          <SuggestList id={`${id}-list`} label={listLabel} activeId={optionId(current.key)}>
            {choices.map((choice, index) => (
              <SuggestOption
                key={choice.key}
                id={optionId(choice.key)}
                choice={choice}
                active={choice === current}
                onPoint={() => setActive(index)}
                onChoose={() => choose(choice.key)}
              />
            ))}
          </SuggestList>
        )}
        <span class="visually-hidden" role="status">
          {current && `${listLabel}: ${choices.length}. Arrows move, Enter chooses.`}
        </span>
      </div>
    </FieldFrame>
  );
}

interface SuggestListProps {
  id: string;
  label: string;
  activeId: string;
  children: ComponentChildren;
}

function SuggestList({ id, label, activeId, children }: SuggestListProps) {
  const list = useRef<HTMLUListElement>(null);
  // What it lies in may end below the field, on a phone at the keyboard.
  useLayoutEffect(() => list.current?.scrollIntoView({ block: 'nearest' }), []);
  useLayoutEffect(() => document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' }), [activeId]);
  return (
    <ul ref={list} id={id} class="suggest-list" role="listbox" aria-label={label}>
      {children}
    </ul>
  );
}

interface SuggestOptionProps {
  id: string;
  choice: Suggestion;
  active: boolean;
  onPoint(): void;
  onChoose(): void;
}

function SuggestOption({ id, choice, active, onPoint, onChoose }: SuggestOptionProps) {
  return (
    <li
      id={id}
      class="suggest-option"
      role="option"
      aria-selected={active}
      onMouseMove={onPoint}
      // The text keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <Avatar name={choice.label} picture={choice.picture} size="sm">
        {choice.mark}
      </Avatar>
      <span class="suggest-words">
        <span class="suggest-label">
          <bdi>{choice.label}</bdi>
        </span>
        <span class="suggest-hint">
          <bdi>{choice.hint}</bdi>
        </span>
      </span>
    </li>
  );
}
