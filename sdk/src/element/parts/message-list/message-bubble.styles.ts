import { css } from 'lit';

export const bubbleStyles = css`
  .group {
    display: flex;
    align-items: flex-end;
    gap: 8px;
    margin-block-end: 14px;
  }

  .mine {
    justify-content: flex-end;
  }

  .face {
    position: sticky;
    inset-block-end: 0;
    display: grid;
    place-items: center;
    flex: none;
    width: 30px;
    height: 30px;
    border-radius: 50%;
    background: var(--_accent);
    color: var(--_accent-text);
    font-size: 11.5px;
    font-weight: 700;
  }

  .theirs:not(.typing) .face {
    margin-block-end: 21px;
  }

  .stack {
    display: flex;
    flex-direction: column;
    gap: 3px;
    min-width: 0;
    max-width: 80%;
  }

  .mine .stack {
    align-items: flex-end;
  }

  .name {
    margin-inline-start: 14px;
    color: var(--_muted);
    font-size: 12.5px;
    font-weight: 500;
    text-align: start;
  }

  .message {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    max-width: 100%;
    animation: rise 0.25s var(--_ease);
  }

  .mine .message {
    align-items: flex-end;
  }

  .bubble {
    max-width: 100%;
    padding: 9px 14px;
    border-radius: 18px;
    background: var(--_bubble);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    text-align: start;
    transition: opacity 0.2s;
  }

  wzatco-attachment {
    margin-block-end: 3px;
  }

  .mine .bubble {
    background: var(--_accent);
    color: var(--_accent-text);
  }

  .theirs .message:not(:last-child) .bubble {
    border-end-start-radius: 6px;
  }

  .theirs .message:not(:nth-child(2)) .bubble {
    border-start-start-radius: 6px;
  }

  .mine .message:not(:last-child) .bubble {
    border-end-end-radius: 6px;
  }

  .mine .message:not(:first-child) .bubble {
    border-start-end-radius: 6px;
  }

  .failed .bubble {
    background: var(--_danger-surface);
    color: var(--_text);
    box-shadow: inset 0 0 0 1px var(--_danger);
  }

  a {
    color: inherit;
    text-decoration: underline;
    text-underline-offset: 2px;
    border-radius: 3px;
  }

  .bubble :focus-visible {
    outline-color: currentColor;
  }

  .theirs a {
    color: var(--_accent-ink);
  }

  .message:has(.meta, .failure):not(:last-child) {
    margin-block-end: 6px;
  }

  .meta {
    display: flex;
    gap: 6px;
    margin: 3px 14px 0;
    color: var(--_muted);
    font-size: 12px;
    line-height: 18px;
    font-variant-numeric: tabular-nums;
  }

  .mine .meta {
    margin-inline-end: 4px;
  }

  .state {
    display: inline-flex;
    align-items: center;
    gap: 3px;
  }

  .state.read {
    color: var(--_accent-ink);
  }

  .failure {
    display: flex;
    flex-direction: column;
    align-items: flex-end;
    gap: 2px;
    margin-block-start: 4px;
    color: var(--_danger);
    font-size: 12.5px;
  }

  .failure > span {
    display: flex;
    align-items: center;
    gap: 4px;
  }

  .failure button {
    min-height: 28px;
    padding: 0 8px;
    border-radius: 8px;
    color: var(--_text);
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 2px;
  }

  .failure button:hover {
    background: var(--_bubble);
  }

  .typing .bubble {
    display: flex;
    align-items: center;
    gap: 4px;
    height: 40px;
  }

  .typing i {
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: var(--_muted);
    animation: bounce 1.2s ease-in-out infinite;
  }

  .typing i:nth-child(2) {
    animation-delay: 0.15s;
  }

  .typing i:nth-child(3) {
    animation-delay: 0.3s;
  }

  @keyframes bounce {
    30% {
      transform: translateY(-4px);
    }
    60% {
      transform: none;
    }
  }

  @media (forced-colors: active) {
    .bubble {
      border: 1px solid CanvasText;
    }
  }
`;
