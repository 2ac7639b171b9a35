import { css } from 'lit';

export const messageListStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    flex: 1;
    min-height: 0;
  }

  .scroller {
    flex: 1;
    min-height: 0;
    padding: 16px;
    overflow: hidden auto;
    overscroll-behavior: contain;
    /* The list keeps its place itself, the same in every browser. */
    overflow-anchor: none;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
  }

  .scroller:focus-visible {
    outline-offset: -3px;
    border-radius: 6px;
  }

  .day {
    display: flex;
    align-items: center;
    gap: 12px;
    margin: 8px 0 16px;
    color: var(--_muted);
    font-size: 12px;
    font-weight: 600;
  }

  .day::before,
  .day::after {
    content: '';
    flex: 1;
    height: 1px;
    background: var(--_line);
  }

  .system {
    width: fit-content;
    max-width: 90%;
    margin: 12px auto;
    padding: 5px 12px;
    border-radius: 12px;
    background: var(--_sunken);
    color: var(--_muted);
    font-size: 13px;
    text-align: center;
    overflow-wrap: anywhere;
  }

  .empty {
    margin: 32px 0;
    color: var(--_muted);
    text-align: center;
  }

  .older {
    height: 36px;
    background: radial-gradient(circle, var(--_muted) 2px, transparent 3px) center / 12px 12px no-repeat;
    animation: fade 1s ease-in-out infinite alternate;
  }

  .waiting {
    display: flex;
    align-items: center;
    gap: 14px;
    margin: 18px 0 4px;
    padding: 14px 16px;
    border: 1px solid var(--_line);
    border-radius: 14px;
    background: var(--_raised);
    font-size: 14px;
    animation: rise 0.3s var(--_ease);
  }

  .waiting strong {
    display: block;
    font-weight: 600;
  }

  .waiting span span {
    display: block;
    color: var(--_muted);
  }

  .pulse {
    display: flex;
    gap: 4px;
  }

  .pulse i {
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--_accent-ink);
    animation: fade 0.9s ease-in-out infinite alternate;
  }

  .pulse i:nth-child(2) {
    animation-delay: 0.3s;
  }

  .pulse i:nth-child(3) {
    animation-delay: 0.6s;
  }

  .jump {
    position: absolute;
    inset-block-end: 12px;
    inset-inline-start: 50%;
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 36px;
    padding: 0 14px 0 16px;
    border-radius: 18px;
    background: var(--_accent);
    color: var(--_accent-text);
    font-size: 13.5px;
    font-weight: 600;
    box-shadow: 0 4px 16px rgb(16 20 32 / 0.25);
    transform: translateX(-50%);
    animation: fade-in 0.2s;
  }

  .jump:dir(rtl) {
    transform: translateX(50%);
  }

  .skeleton {
    display: grid;
    gap: 12px;
    padding: 24px 16px;
  }

  .skeleton i {
    width: 62%;
    height: 42px;
    border-radius: 16px;
    background: var(--_bubble);
    animation: fade 0.9s ease-in-out infinite alternate;
  }

  .skeleton i:nth-child(even) {
    width: 46%;
  }

  .skeleton .own {
    justify-self: end;
  }

  @keyframes fade {
    from {
      opacity: 0.35;
    }
  }

  @keyframes fade-in {
    from {
      opacity: 0;
    }
  }

  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }
`;
