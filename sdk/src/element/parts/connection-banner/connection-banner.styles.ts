import { css } from 'lit';

export const connectionBannerStyles = css`
  :host {
    display: block;
    flex: none;
  }

  p {
    display: flex;
    align-items: center;
    gap: 10px;
    margin: 0;
    padding: 9px 20px;
    background: var(--_warn-surface);
    color: var(--_warn);
    font-size: 13px;
    font-weight: 500;
    /* A short interruption is not worth a word. */
    animation: appear 0.2s 0.8s both;
  }

  .calm {
    background: var(--_sunken);
    color: var(--_muted);
  }

  i {
    flex: none;
    width: 12px;
    height: 12px;
    border: 2px solid color-mix(in srgb, currentColor 30%, transparent);
    border-top-color: currentColor;
    border-radius: 50%;
    animation: turn 0.8s linear infinite;
  }

  i.offline,
  i.stopped {
    border-color: currentColor;
    animation: none;
  }

  @keyframes appear {
    from {
      opacity: 0;
    }
  }

  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    i {
      animation-duration: 4s;
    }
  }
`;
