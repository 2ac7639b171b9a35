import { css } from 'lit';

export const wzatcoChatStyles = css`
  :host {
    all: initial;
    position: fixed;
    inset-block-end: 0;
    inset-inline-end: 0;
    width: 0;
    height: 0;
    z-index: var(--wzatco-z-index, 2147483000);
  }

  :host([mode='inline']) {
    position: relative;
    inset: auto;
    display: block;
    width: auto;
    height: var(--wzatco-panel-height, 640px);
    z-index: auto;
  }

  :host([hidden]) {
    display: none !important;
  }

  [hidden] {
    display: none !important;
  }

  .launcher,
  .panel,
  .sorry {
    position: fixed;
    right: max(var(--wzatco-offset-x, 20px), env(safe-area-inset-right));
  }

  :host([position='bottom-left']) :is(.launcher, .panel, .sorry) {
    right: auto;
    left: max(var(--wzatco-offset-x, 20px), env(safe-area-inset-left));
  }

  .launcher {
    bottom: max(var(--wzatco-offset-y, 20px), env(safe-area-inset-bottom));
  }

  .panel {
    --_room: calc(var(--wzatco-offset-y, 20px) + var(--wzatco-launcher-size, 60px) + 14px);
    bottom: var(--_room);
    width: min(var(--wzatco-panel-width, 380px), 100vw - 40px);
    height: min(var(--wzatco-panel-height, 640px), 100dvh - var(--_room) - 16px);
    pointer-events: none;
  }

  .panel.bare {
    --_room: max(var(--wzatco-offset-y, 20px), env(safe-area-inset-bottom));
  }

  .panel[open] {
    pointer-events: auto;
  }

  :host([position='bottom-left']) .panel {
    --_corner: bottom left;
  }

  .panel[fullscreen] {
    inset: 0;
    width: 100%;
    height: 100%;
  }

  .panel[inline] {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    pointer-events: auto;
  }

  .sorry {
    bottom: calc(var(--wzatco-offset-y, 20px) + var(--wzatco-launcher-size, 60px) + 14px);
    display: flex;
    align-items: center;
    gap: 12px;
    max-width: min(340px, 100vw - 40px);
    padding: 12px 12px 12px 16px;
    border-radius: 14px;
    background: var(--_surface);
    color: var(--_text);
    font-size: 14px;
    box-shadow: var(--_shadow);
  }

  .sorry button {
    flex: none;
  }
`;
