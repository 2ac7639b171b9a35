import { css } from 'lit';

export const composerStyles = css`
  :host {
    display: block;
    flex: none;
    padding-block: 8px max(14px, env(safe-area-inset-bottom));
    padding-inline: 14px;
  }

  p {
    margin: 0 6px 6px;
    color: var(--_muted);
    font-size: 12.5px;
    text-align: end;
  }

  .over {
    color: var(--_danger);
    font-weight: 600;
  }

  .attached {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    max-height: 150px;
    margin-block-end: 6px;
    overflow-y: auto;
  }

  .box {
    display: flex;
    align-items: flex-end;
    gap: 6px;
    padding: 5px;
    border: 1px solid var(--_field-line);
    border-radius: 24px;
    background: var(--_raised);
    transition:
      border-color 0.15s,
      box-shadow 0.15s;
  }

  .box:focus-within {
    border-color: var(--_accent-ink);
    box-shadow: 0 0 0 1px var(--_accent-ink);
  }

  textarea {
    flex: 1;
    min-width: 0;
    min-height: 36px;
    padding-block: 7px;
    padding-inline: 12px 4px;
    border: 0;
    background: none;
    font-size: 16px;
    line-height: 22px;
    resize: none;
    scrollbar-width: thin;
  }

  /* The box around it shows the focus. */
  textarea:focus-visible {
    outline: 0;
  }

  textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
  }

  button {
    display: grid;
    place-items: center;
    flex: none;
    width: 36px;
    height: 36px;
    padding: 0;
    border-radius: 50%;
    background: var(--_accent);
    color: var(--_accent-text);
    transition:
      background-color 0.15s,
      color 0.15s,
      transform 0.15s var(--_ease);
  }

  button[aria-disabled='true'] {
    background: var(--_bubble);
    color: var(--_muted);
    cursor: default;
  }

  button[aria-disabled='false']:active {
    transform: scale(0.92);
  }

  @media (forced-colors: active) {
    button {
      border: 1px solid ButtonText;
    }

    .box:focus-within {
      outline: 2px solid Highlight;
    }
  }
`;
