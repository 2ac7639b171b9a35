import './button.css';
import type { ComponentChildren, ButtonHTMLAttributes, Ref } from 'preact';
import { classNames } from './class-names.ts';

interface ButtonProps extends Omit<
  ButtonHTMLAttributes<HTMLButtonElement>,
  'class' | 'type' | 'ref' | 'size'
> {
  kind?: 'primary' | 'secondary' | 'quiet' | 'danger' | 'link';
  type?: 'button' | 'submit';
  large?: boolean;
  /** As wide as what holds it. */
  block?: boolean;
  /** Something is under way: a spinner, and no second press. */
  busy?: boolean;
  icon?: ComponentChildren;
  children?: ComponentChildren;
  ref?: Ref<HTMLButtonElement>;
}

/** A button with words. */
export function Button(props: ButtonProps) {
  const {
    kind = 'secondary',
    type = 'button',
    large,
    block,
    busy = false,
    icon,
    children,
    disabled,
    ...rest
  } = props;
  return (
    <button
      {...rest}
      type={type}
      class={classNames('button', `button--${kind}`, large && 'button--large', block && 'button--block')}
      disabled={busy || disabled === true}
      aria-busy={busy}
    >
      {busy ? <span class="button-spinner" aria-hidden="true" /> : icon}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<
  ButtonHTMLAttributes<HTMLButtonElement>,
  'class' | 'type' | 'ref' | 'size'
> {
  /** The accessible name, shown as a tooltip too. */
  label: string;
  children: ComponentChildren;
  ref?: Ref<HTMLButtonElement>;
}

/** A button that is only an icon. */
export function IconButton({ label, children, ...rest }: IconButtonProps) {
  return (
    <button {...rest} type="button" class="icon-button" aria-label={label} title={label}>
      {children}
    </button>
  );
}
