import { css } from 'lit';

export const panelStyles = css`
  :host {
    display: block;
  }

  .frame {
    position: relative;
    height: 100%;
    overflow: hidden;
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    outline: 0;
    box-shadow: var(--_shadow);
  }

  :host([data-dropping]) .frame::after {
    content: attr(data-drop);
    position: absolute;
    inset: 8px;
    display: grid;
    place-items: center;
    border: 2px dashed var(--_accent-ink);
    border-radius: calc(var(--_radius) - 8px);
    background: color-mix(in srgb, var(--_surface) 88%, transparent);
    font-weight: 600;
    pointer-events: none;
  }

  .content {
    display: flex;
    flex-direction: column;
    height: 100%;
  }

  :host([inline]) .frame {
    box-shadow: 0 0 0 1px var(--_line);
  }

  :host(:not([inline])) {
    position: absolute;
    width: 100%;
    height: 100%;
    transform-origin: var(--_corner, bottom right);
    visibility: hidden;
    opacity: 0;
    transform: translateY(12px) scale(0.96);
    transition:
      opacity 0.16s,
      transform 0.2s var(--_ease),
      visibility 0s 0.2s;
  }

  :host([open]:not([inline])) {
    visibility: visible;
    opacity: 1;
    transform: none;
    transition:
      opacity 0.18s,
      transform 0.32s var(--_ease);
  }

  @starting-style {
    :host([open]:not([inline])) {
      opacity: 0;
      transform: translateY(12px) scale(0.96);
    }
  }

  :host([fullscreen]) .frame {
    position: absolute;
    inset-inline: 0;
    inset-block-start: var(--_area-top, 0);
    height: var(--_area-height, 100%);
    border-radius: 0;
    box-shadow: none;
  }

  .scroll {
    flex: 1;
    min-height: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
    /* The form's card begins in the header. */
    margin-block-start: -28px;
  }

  .content:has(.scroll) {
    background: var(--_sunken);
  }

  .failed {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    flex: 1;
    gap: 8px;
    padding: 32px;
    text-align: center;
  }

  .failed strong {
    font-size: 17px;
  }

  .failed p {
    margin: 0 0 12px;
    color: var(--_muted);
    overflow-wrap: anywhere;
  }

  .sign {
    display: grid;
    place-items: center;
    width: 56px;
    height: 56px;
    margin-block-end: 8px;
    border-radius: 50%;
    background: var(--_danger-surface);
    color: var(--_danger);
  }

  .ended {
    margin: 0 16px 6px;
    color: var(--_muted);
    font-size: 13px;
    text-align: center;
  }

  .link {
    padding: 4px;
    color: var(--_accent-ink);
    font-weight: 600;
    text-decoration: underline;
  }

  .refusal {
    margin: 0 16px 4px;
    padding: 9px 12px;
    border-radius: 12px;
    background: var(--_danger-surface);
    color: var(--_danger);
    font-size: 13px;
  }

  .veil {
    position: absolute;
    inset: 0;
    background: rgb(10 12 18 / 0.45);
    animation: fade-in 0.15s;
  }

  .question {
    position: absolute;
    inset-inline: 12px;
    inset-block-end: 12px;
    padding: 20px;
    border-radius: 16px;
    background: var(--_raised);
    box-shadow: var(--_shadow);
    animation: slide 0.25s var(--_ease);
  }

  .question h2 {
    margin: 0 0 4px;
    font-size: 17px;
    font-weight: 650;
  }

  .question p {
    margin: 0 0 16px;
    color: var(--_muted);
  }

  .answers {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 10px;
  }

  .answers button {
    padding: 4px 8px;
  }

  .danger {
    min-height: 44px;
    padding: 0 14px;
    border-radius: 12px;
    background: #c62828;
    color: #fff;
    font-weight: 600;
  }

  .danger:hover {
    background: #ad1f1f;
  }

  @keyframes fade-in {
    from {
      opacity: 0;
    }
  }

  @keyframes slide {
    from {
      opacity: 0;
      transform: translateY(16px);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    :host(:not([inline])),
    :host([open]:not([inline])) {
      transform: none;
      transition: none;
    }
  }

  @media (forced-colors: active) {
    .frame,
    .question,
    .danger {
      border: 1px solid CanvasText;
    }
  }
`;
