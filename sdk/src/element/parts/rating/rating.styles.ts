import { css } from 'lit';

export const ratingStyles = css`
  :host {
    display: block;
    flex: none;
    max-height: 70%;
    overflow-y: auto;
    border-block-start: 1px solid var(--_line);
    background: var(--_sunken);
    animation: rise 0.3s var(--_ease);
  }

  section {
    display: grid;
    gap: 12px;
    padding-block: 16px max(16px, env(safe-area-inset-bottom));
    padding-inline: 20px;
    text-align: center;
  }

  form {
    display: grid;
    gap: 12px;
  }

  p {
    margin: 0;
  }

  .ended {
    color: var(--_muted);
    font-size: 13.5px;
  }

  .thanks,
  legend {
    font-weight: 600;
    font-size: 16px;
  }

  fieldset {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  legend {
    width: 100%;
    padding: 0;
  }

  .stars {
    display: flex;
    justify-content: center;
    margin-block-start: 6px;
  }

  label {
    position: relative;
    padding: 6px;
    border-radius: 12px;
    color: var(--_muted);
    cursor: pointer;
    transition:
      transform 0.15s var(--_ease),
      color 0.15s;
  }

  /* Over the whole star, so that a finger or a test finds it. */
  input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    opacity: 0;
    cursor: pointer;
  }

  label:hover {
    transform: scale(1.1);
  }

  .lit {
    color: #b87503;
  }

  .lit svg {
    fill: #f5b301;
  }

  label:has(:focus-visible) {
    outline: 2px solid var(--_accent-ink);
  }

  textarea.field {
    resize: none;
    text-align: start;
  }

  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }

  .ways button {
    flex: 1 1 auto;
  }

  .refusal {
    color: var(--_danger);
    font-size: 13px;
  }

  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(12px);
    }
  }
`;
