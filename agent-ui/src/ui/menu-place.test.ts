import { describe, expect, it } from 'vitest';
import { placeMenu } from './menu-place.ts';

const frame = { left: 0, right: 400, top: 0, bottom: 600 };
const menu = { width: 200, height: 100 };
const button = (left: number, top: number) => ({ left, right: left + 30, top, bottom: top + 30 });
const up = { block: 'up', inline: 'start' } as const;

describe('placeMenu', () => {
  it('takes the place that is wanted where there is room', () => {
    expect(placeMenu({ button: button(100, 300), menu, frame, rightToLeft: false, prefers: up })).toEqual(up);
  });

  it('turns round at an edge', () => {
    expect(placeMenu({ button: button(300, 50), menu, frame, rightToLeft: false, prefers: up })).toEqual({
      block: 'down',
      inline: 'end',
    });
  });

  it('knows which edge is the start of a line', () => {
    const at = (left: number) =>
      placeMenu({ button: button(left, 300), menu, frame, rightToLeft: true, prefers: up }).inline;
    expect([at(300), at(100)]).toEqual(['start', 'end']);
  });

  it('stays where it is wanted when there is room nowhere', () => {
    const small = { left: 90, right: 140, top: 290, bottom: 340 };
    expect(
      placeMenu({ button: button(100, 300), menu, frame: small, rightToLeft: false, prefers: up }),
    ).toEqual(up);
  });
});
