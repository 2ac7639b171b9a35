import './avatar.css';
import type { ComponentChildren } from 'preact';
import { classNames } from './class-names.ts';
import { initialsOf, tintOf } from './initials.ts';

interface AvatarProps {
  name: string;
  /** Address of a picture; without one the initials stand on the name's colour. */
  picture?: string | null;
  size?: 'xs' | 'sm' | 'md' | 'lg';
  /** A mark in the corner, e.g. a presence dot. */
  children?: ComponentChildren;
}

/** A person's round mark. Decorative: the name stands beside it. */
export function Avatar({ name, picture = null, size = 'md', children }: AvatarProps) {
  return (
    <span class={classNames('avatar', `avatar--${size}`, `avatar--tint${tintOf(name)}`)} aria-hidden="true">
      {picture === null ? initialsOf(name) : <img class="avatar-picture" src={picture} alt="" />}
      {children}
    </span>
  );
}
