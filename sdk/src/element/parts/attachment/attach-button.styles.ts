import { css } from 'lit';

export const attachButtonStyles = css`
  :host {
    display: block;
    flex: none;
  }

  button {
    display: grid;
    place-items: center;
    width: 36px;
    height: 36px;
    padding: 0;
    border-radius: 50%;
    color: var(--_muted);
  }

  button:hover {
    background: var(--_bubble);
    color: var(--_text);
  }
`;
