import { css } from 'lit';

export const attachmentStyles = css`
  :host {
    display: block;
    min-width: 0;
    max-width: 100%;
  }

  .box {
    position: relative;
    overflow: hidden;
    border-radius: 14px;
    background: var(--_raised);
    color: var(--_text);
    box-shadow: inset 0 0 0 1px var(--_line);
  }

  .face {
    display: flex;
    align-items: center;
    gap: 10px;
    width: 100%;
    padding: 8px 12px;
    border-radius: inherit;
    text-align: start;
  }

  button.face:hover {
    background: var(--_bubble);
  }

  .face:focus-visible {
    outline-offset: -3px;
  }

  .picture .face {
    padding: 0;
  }

  img {
    display: block;
    width: auto;
    height: auto;
    max-width: 100%;
    max-height: 240px;
    min-width: 40px;
    min-height: 40px;
    object-fit: cover;
    background: var(--_bubble);
  }

  .icon {
    color: var(--_accent-ink);
  }

  .words {
    display: flex;
    flex-direction: column;
    min-width: 0;
  }

  bdi {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 600;
    font-size: 14px;
  }

  small {
    color: var(--_muted);
    font-size: 12.5px;
  }

  .refused {
    color: var(--_danger);
  }

  .box > .refused {
    display: block;
    padding: 4px 12px 8px;
  }

  progress {
    position: absolute;
    inset-inline: 8px;
    inset-block-end: 4px;
    width: calc(100% - 16px);
    height: 4px;
    border: 0;
    border-radius: 2px;
    background: var(--_line);
    accent-color: var(--_accent);
  }

  :host([removable]) {
    max-width: 220px;
  }

  :host([removable]) img {
    height: 64px;
    max-width: 160px;
  }

  :host([removable]) .card .face {
    padding-inline-end: 36px;
  }

  .remove {
    position: absolute;
    inset-block-start: 4px;
    inset-inline-end: 4px;
    display: grid;
    place-items: center;
    width: 26px;
    height: 26px;
    padding: 0;
    border-radius: 50%;
    background: var(--_surface);
    color: var(--_text);
    box-shadow: 0 0 0 1px var(--_line);
  }

  @media (forced-colors: active) {
    .box {
      border: 1px solid CanvasText;
    }
  }
`;
