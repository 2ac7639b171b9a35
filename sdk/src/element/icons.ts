import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

function icon(size: number, shape: SVGTemplateResult): TemplateResult {
  return html`<svg
    width=${size}
    height=${size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${shape}
  </svg>`;
}

export const chatIcon = (): TemplateResult =>
  icon(
    28,
    svg`<path fill="currentColor" stroke="none" d="M12 3C6.5 3 2 6.8 2 11.6c0 2.6 1.4 5 3.6 6.6l-.5 2.6c-.1.7.6 1.2 1.2.9l3.2-1.6c.8.1 1.6.2 2.5.2 5.5 0 10-3.8 10-8.700S17.5 3 12 3Z"/><path stroke="var(--_accent)" stroke-width="1.8" d="M8 10.200h8M8 13.800h5"/>`,
  );
export const downIcon = (size = 26): TemplateResult => icon(size, svg`<path d="m6 9 6 6 6-6"/>`);
export const closeIcon = (size = 20): TemplateResult => icon(size, svg`<path d="M18 6 6 18M6 6l12 12"/>`);
export const endIcon = (): TemplateResult =>
  icon(19, svg`<path d="M9 21H6a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h3M16 17l5-5-5-5M21 12H9"/>`);
export const sendIcon = (): TemplateResult => icon(19, svg`<path d="M12 19V5M5.5 11.5 12 5l6.5 6.5"/>`);
export const clipIcon = (): TemplateResult =>
  icon(
    19,
    svg`<path d="m20.500 11.500-8.600 8.600a5.600 5.600 0 0 1-7.900-7.900l8.600-8.600a3.700 3.700 0 0 1 5.300 5.300l-8.600 8.600a1.900 1.900 0 0 1-2.700-2.700l8-8"/>`,
  );
export const fileIcon = (): TemplateResult =>
  icon(22, svg`<path d="M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8l-5-5v5h5"/>`);
export const arrowDownIcon = (): TemplateResult => icon(15, svg`<path d="M12 5v14M6 13l6 6 6-6"/>`);
export const clockIcon = (): TemplateResult =>
  icon(13, svg`<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>`);
export const sentIcon = (): TemplateResult => icon(14, svg`<path d="m5 13 4.5 4.500L19 7"/>`);
export const readIcon = (): TemplateResult =>
  icon(15, svg`<path d="m1.5 13 4.5 4.500L15 7M11.5 16.500l1 1L22 7"/>`);
export const warnIcon = (size = 14): TemplateResult =>
  icon(size, svg`<circle cx="12" cy="12" r="9.5"/><path d="M12 7.500v5M12 16.200v.1"/>`);
export const starIcon = (): TemplateResult =>
  icon(
    32,
    svg`<path stroke-width="1.5" d="m12 3 2.8 5.7 6.2.9-4.5 4.4 1.1 6.200L12 17.3 6.4 20.2 7.5 14 3 9.600l6.2-.9L12 3Z"/>`,
  );
