import { css } from 'lit';

export const preChatFormStyles = css`
  :host {
    position: relative;
    display: block;
    margin: 0 16px 16px;
  }

  form {
    display: grid;
    gap: 12px;
    padding: 18px 20px 20px;
    border: 1px solid var(--_line);
    border-radius: 16px;
    background: var(--_raised);
    box-shadow: 0 4px 16px rgb(16 20 32 / 0.08);
  }

  .row {
    display: grid;
    gap: 6px;
    min-width: 0;
  }

  .caption {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 8px;
    font-size: 13.5px;
  }

  label {
    font-weight: 600;
  }

  .caption span {
    color: var(--_muted);
    font-size: 12.5px;
  }

  textarea.field {
    resize: none;
    line-height: 1.45;
    field-sizing: content;
    min-height: 76px;
    max-height: 220px;
  }

  .select {
    position: relative;
    display: block;
  }

  .select::after {
    content: '';
    position: absolute;
    inset-block-start: 17px;
    inset-inline-end: 16px;
    width: 7px;
    height: 7px;
    border: solid var(--_muted);
    border-width: 0 2px 2px 0;
    transform: rotate(45deg);
    pointer-events: none;
  }

  select {
    appearance: none;
    padding-inline-end: 36px;
    text-overflow: ellipsis;
  }

  .field[aria-invalid='true'] {
    border-color: var(--_danger);
  }

  .error,
  .refusal {
    display: flex;
    gap: 6px;
    margin: 0;
    color: var(--_danger);
    font-size: 13px;
    line-height: 1.35;
  }

  .error svg {
    margin-block-start: 2px;
  }

  .refusal {
    padding: 10px 12px;
    border-radius: 12px;
    background: var(--_danger-surface);
  }

  .primary {
    margin-block-start: 2px;
  }

  .spinner {
    width: 16px;
    height: 16px;
    border: 2px solid color-mix(in srgb, currentColor 35%, transparent);
    border-top-color: currentColor;
    border-radius: 50%;
    animation: turn 0.8s linear infinite;
  }

  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
`;
