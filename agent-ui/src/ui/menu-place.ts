/** Where a menu stands beside its button. */
export interface MenuPlace {
  block: 'up' | 'down';
  /** Which edges are in line. */
  inline: 'start' | 'end';
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface MenuRoom {
  button: Box;
  menu: { width: number; height: number };
  /** What it must stay in. */
  frame: Box;
  rightToLeft: boolean;
  prefers: MenuPlace;
}

/** Between button and menu, as in menu.css, in pixels. */
const GAP = 6;

/** The place that is wanted, or the opposite one where the menu has room there only. */
export function placeMenu({ button, menu, frame, rightToLeft, prefers }: MenuRoom): MenuPlace {
  const above = button.top - GAP - menu.height >= frame.top;
  const below = button.bottom + GAP + menu.height <= frame.bottom;
  const toRight = button.left + menu.width <= frame.right;
  const toLeft = button.right - menu.width >= frame.left;
  const [start, end] = rightToLeft ? [toLeft, toRight] : [toRight, toLeft];
  return {
    block: prefers.block === 'up' ? either(above, below, 'up', 'down') : either(below, above, 'down', 'up'),
    inline:
      prefers.inline === 'start' ? either(start, end, 'start', 'end') : either(end, start, 'end', 'start'),
  };
}

function either<T>(fits: boolean, otherFits: boolean, wanted: T, other: T): T {
  return fits || !otherFits ? wanted : other;
}
