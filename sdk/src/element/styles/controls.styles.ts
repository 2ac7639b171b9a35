import { css } from 'lit';

/** Buttons, fields and focus, the same in every part. */
export const controls = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  [hidden] {
    display: none !important;
  }

  button,
  input,
  select,
  textarea {
    margin: 0;
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }

  button {
    border: 0;
    background: none;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
    touch-action: manipulation;
  }

  :focus-visible {
    outline: 2px solid var(--_accent-ink);
    outline-offset: 2px;
  }

  svg {
    display: block;
    flex: none;
  }

  .primary,
  .quiet {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-height: 44px;
    padding: 0 18px;
    border-radius: 12px;
    font-weight: 600;
    transition:
      filter 0.15s,
      background-color 0.15s,
      transform 0.15s var(--_ease);
  }

  .primary {
    background: var(--_accent);
    color: var(--_accent-text);
  }

  .primary:hover:not(:disabled) {
    filter: brightness(1.08);
  }

  .primary:active:not(:disabled) {
    transform: scale(0.98);
  }

  .quiet {
    background: var(--_bubble);
    color: var(--_text);
  }

  .quiet:hover {
    background: var(--_line);
  }

  button:disabled {
    cursor: default;
  }

  .field {
    width: 100%;
    min-height: 44px;
    padding: 10px 12px;
    border: 1px solid var(--_field-line);
    border-radius: 12px;
    background: var(--_surface);
    color: var(--_text);
    font-size: 16px;
    transition: border-color 0.15s;
  }

  .field::placeholder {
    color: var(--_muted);
    opacity: 1;
  }

  .field:focus-visible {
    outline-offset: -1px;
    border-color: var(--_accent-ink);
  }

  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 0.01ms !important;
      animation-iteration-count: 1 !important;
      transition-duration: 0.01ms !important;
    }
  }

  @media (forced-colors: active) {
    .primary,
    .quiet {
      border: 1px solid ButtonText;
    }
  }
`;
