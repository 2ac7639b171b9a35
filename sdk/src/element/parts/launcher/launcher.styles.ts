import { css } from 'lit';

export const launcherStyles = css`
  :host {
    display: block;
  }

  button {
    position: relative;
    display: grid;
    place-items: center;
    width: var(--wzatco-launcher-size, 60px);
    height: var(--wzatco-launcher-size, 60px);
    padding: 0;
    border-radius: 50%;
    background: linear-gradient(145deg, var(--_accent), var(--_accent-deep));
    color: var(--_accent-text);
    box-shadow:
      0 1px 3px rgb(16 20 32 / 0.2),
      0 8px 24px rgb(16 20 32 / 0.22);
    transition:
      transform 0.25s var(--_ease),
      box-shadow 0.25s;
    animation: arrive 0.4s var(--_ease);
  }

  button:hover {
    transform: scale(1.05);
    box-shadow:
      0 2px 4px rgb(16 20 32 / 0.2),
      0 12px 32px rgb(16 20 32 / 0.28);
  }

  button:active {
    transform: scale(0.96);
  }

  button:focus-visible {
    outline: 3px solid var(--_accent-ink);
    outline-offset: 3px;
  }

  .icon {
    grid-area: 1 / 1;
    display: grid;
    place-items: center;
    transition:
      transform 0.3s var(--_ease),
      opacity 0.2s;
  }

  .down,
  :host([open]) .chat {
    opacity: 0;
    transform: rotate(-45deg) scale(0.6);
  }

  :host([open]) .down {
    opacity: 1;
    transform: none;
  }

  [aria-busy='true']::after {
    content: '';
    position: absolute;
    inset: 4px;
    border: 2px solid transparent;
    border-top-color: currentColor;
    border-radius: 50%;
    animation: turn 0.8s linear infinite;
  }

  .badge {
    position: absolute;
    inset-block-start: -3px;
    inset-inline-end: -3px;
    min-width: 22px;
    height: 22px;
    padding: 0 6px;
    border: 2px solid #fff;
    border-radius: 11px;
    background: #d92d20;
    color: #fff;
    font-size: 12px;
    font-weight: 700;
    line-height: 18px;
    text-align: center;
    animation: arrive 0.3s var(--_ease);
  }

  @keyframes arrive {
    from {
      opacity: 0;
      transform: scale(0.5);
    }
  }

  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }

  @media (forced-colors: active) {
    button {
      border: 2px solid ButtonText;
    }
  }
`;
