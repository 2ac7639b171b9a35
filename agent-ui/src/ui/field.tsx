import './field.css';
import type { ComponentChildren, TargetedInputEvent } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { classNames } from './class-names.ts';
import { ChevronDown } from './icons.ts';

export interface FieldShape {
  label: string;
  hint?: string;
  /** What is wrong with the value; read out with the field. */
  problem?: string | null;
  optional?: boolean;
}

interface TextFieldProps extends FieldShape {
  value: string;
  type?: 'text' | 'email' | 'password';
  autocomplete?: string;
  maxLength?: number;
  required?: boolean;
  readOnly?: boolean;
  autoFocus?: boolean;
  onText(text: string): void;
}

/** A labelled line of text; `type="password"` gets a button that shows it. */
export function TextField(props: TextFieldProps) {
  const { label, hint, problem = null, optional, onText, type = 'text', ...rest } = props;
  const id = useId();
  const [revealed, setRevealed] = useState(false);
  const secret = type === 'password';
  const input = {
    ...rest,
    id,
    class: 'field-control',
    dir: 'auto',
    'aria-invalid': problem !== null,
    'aria-describedby': `${id}-note`,
    onInput: (event: TargetedInputEvent<HTMLInputElement>) => onText(event.currentTarget.value),
  } as const;
  return (
    <FieldFrame id={id} {...{ label, problem }} {...(hint && { hint })} {...(optional && { optional })}>
      <div class={classNames('field-frame', secret && 'field-frame--reveal')}>
        {type === 'email' ? (
          <input {...input} type="email" />
        ) : secret && !revealed ? (
          <input {...input} type="password" />
        ) : (
          <input {...input} type="text" />
        )}
        {secret && (
          <button
            type="button"
            class="field-reveal"
            aria-label={revealed ? 'Hide what is typed' : 'Show what is typed'}
            onClick={() => setRevealed(!revealed)}
          >
            {revealed ? 'Hide' : 'Show'}
          </button>
        )}
      </div>
    </FieldFrame>
  );
}

interface TextAreaFieldProps extends FieldShape {
  value: string;
  onText(text: string): void;
}

/** A labelled text of several lines. */
export function TextAreaField(props: TextAreaFieldProps) {
  const { label, hint, problem = null, optional, onText, ...rest } = props;
  const id = useId();
  return (
    <FieldFrame id={id} {...{ label, problem }} {...(hint && { hint })} {...(optional && { optional })}>
      <textarea
        {...rest}
        id={id}
        class="field-control field-area"
        dir="auto"
        rows={3}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-note`}
        onInput={(event) => onText(event.currentTarget.value)}
      />
    </FieldFrame>
  );
}

interface SelectFieldProps extends FieldShape {
  value: string;
  options: { value: string; label: string }[];
  onChoice(value: string): void;
}

/** A labelled choice of one among few. */
export function SelectField(props: SelectFieldProps) {
  const { label, hint, problem = null, optional, options, value, onChoice } = props;
  const id = useId();
  return (
    <FieldFrame id={id} {...{ label, problem }} {...(hint && { hint })} {...(optional && { optional })}>
      <div class="field-frame">
        <select
          id={id}
          class="field-control"
          value={value}
          aria-describedby={`${id}-note`}
          onChange={(event) => onChoice(event.currentTarget.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown class="field-chevron" size={16} />
      </div>
    </FieldFrame>
  );
}

/** A label, what it names, and the hint or problem below, which has the id with `-note` behind. */
export function FieldFrame(props: FieldShape & { id: string; children: ComponentChildren }) {
  const { id, label, hint, problem = null, optional, children } = props;
  const note = useRef<HTMLParagraphElement>(null);
  // Below a long text it may lie out of sight.
  useLayoutEffect(() => {
    if (problem !== null) note.current?.scrollIntoView({ block: 'nearest' });
  }, [problem === null]);
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
        {optional && (
          <span class="field-optional" aria-hidden="true">
            {' '}
            optional
          </span>
        )}
      </label>
      {children}
      <p
        ref={note}
        id={`${id}-note`}
        class={problem === null ? 'field-hint' : 'field-problem'}
        aria-live="polite"
        hidden={!problem && !hint}
      >
        {problem ?? hint}
      </p>
    </div>
  );
}
