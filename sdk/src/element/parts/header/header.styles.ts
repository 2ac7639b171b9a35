import { css } from 'lit';

export const headerStyles = css`
  :host {
    display: block;
    flex: none;
    color: var(--_accent-text);
    background:
      radial-gradient(120% 140% at 100% 0%, rgb(255 255 255 / 0.16), transparent 55%),
      linear-gradient(135deg, var(--_accent), var(--_accent-deep));
  }

  header {
    padding-block: max(14px, env(safe-area-inset-top)) 14px;
    padding-inline: 20px 14px;
  }

  :host([tall]) header {
    padding-block-end: 44px;
  }

  .bar {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 44px;
  }

  .mark,
  .avatar {
    display: grid;
    place-items: center;
    flex: none;
    background: color-mix(in srgb, var(--_accent-text) 18%, transparent);
    font-weight: 700;
    letter-spacing: 0.02em;
  }

  .mark {
    width: 32px;
    height: 32px;
    border-radius: 10px;
    font-size: 13px;
  }

  .avatar {
    width: 42px;
    height: 42px;
    border-radius: 50%;
    font-size: 15px;
  }

  .site,
  .who {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .site {
    font-weight: 600;
  }

  .who strong,
  .who small {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    text-align: start;
  }

  .who strong {
    font-size: 16px;
    font-weight: 650;
    line-height: 1.3;
  }

  .who small {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    font-size: 13px;
    line-height: 1.35;
    white-space: normal;
  }

  .actions {
    display: flex;
    gap: 2px;
  }

  .action {
    display: grid;
    place-items: center;
    width: 40px;
    height: 40px;
    padding: 0;
    border-radius: 50%;
    transition: background-color 0.15s;
  }

  .action:hover {
    background: color-mix(in srgb, var(--_accent-text) 16%, transparent);
  }

  :focus-visible {
    outline-color: var(--_accent-text);
    outline-offset: -3px;
  }

  h2 {
    margin: 12px 0 4px;
    font-size: 27px;
    font-weight: 700;
    letter-spacing: -0.02em;
    line-height: 1.2;
    text-align: start;
    overflow-wrap: anywhere;
  }

  p {
    margin: 0;
    font-size: 15px;
    text-align: start;
    overflow-wrap: anywhere;
  }

  /* A phone with its keyboard up: the form has more to say than the greeting. */
  @media (max-height: 540px) {
    :host([tall]) header {
      padding-block-end: 32px;
    }

    h2 {
      margin-block-start: 0;
      font-size: 20px;
    }

    p {
      display: none;
    }
  }

  @media (forced-colors: active) {
    :host {
      border-block-end: 1px solid CanvasText;
    }
  }
`;
