import { css } from 'lit';

const dark = css`
  color-scheme: dark;
  --_surface: var(--wzatco-surface, #181a21);
  --_sunken: #101218;
  --_raised: #22252e;
  --_bubble: #272a34;
  --_text: var(--wzatco-text, #eef0f5);
  --_muted: #a3a9b8;
  --_line: #31353f;
  --_field-line: #70778a;
  --_danger: #ff8f8f;
  --_danger-surface: #3a2023;
  --_warn: #f3d28a;
  --_warn-surface: #332a15;
  --_good: #4ade80;
  --_accent-ink: var(--wzatco-accent, var(--_site-accent-on-dark, #768ce6));
  --_shadow: 0 0 0 1px rgb(255 255 255 / 0.07), 0 8px 24px rgb(0 0 0 / 0.4), 0 24px 64px rgb(0 0 0 / 0.5);
`;

/** Colours, type and measures of everything inside; the site's accent is set on `.root` by the element. */
export const tokens = css`
  .root {
    /* A page's rule for every element reaches the host, and ends here. */
    all: initial;
    display: block;
    color-scheme: light;
    --_accent: var(--wzatco-accent, var(--_site-accent, #3b5bdb));
    --_accent-deep: var(--wzatco-accent-deep, var(--_site-accent-deep, #324bb1));
    --_accent-text: var(--wzatco-accent-text, var(--_site-accent-text, #fff));
    --_accent-ink: var(--wzatco-accent, var(--_site-accent-on-light, #3b5bdb));
    --_surface: var(--wzatco-surface, #fff);
    --_sunken: #f7f8fa;
    --_raised: #fff;
    --_bubble: #eff1f5;
    --_text: var(--wzatco-text, #171a23);
    --_muted: #5d6474;
    --_line: #e4e7ed;
    --_field-line: #868d9c;
    --_danger: #b42323;
    --_danger-surface: #fdecec;
    --_warn: #6b4a00;
    --_warn-surface: #fdf3d9;
    --_good: #16a34a;
    --_shadow:
      0 0 0 1px rgb(16 20 32 / 0.06), 0 8px 24px rgb(16 20 32 / 0.12), 0 24px 64px rgb(16 20 32 / 0.18);
    --_radius: var(--wzatco-radius, 18px);
    --_font: var(
      --wzatco-font,
      'Inter',
      system-ui,
      -apple-system,
      'Segoe UI',
      Roboto,
      'Helvetica Neue',
      'Noto Sans',
      Arial,
      sans-serif
    );
    --_ease: cubic-bezier(0.22, 1, 0.36, 1);
    font: 400 15px/1.45 var(--_font);
    color: var(--_text);
    text-align: start;
    -webkit-font-smoothing: antialiased;
    -webkit-text-size-adjust: 100%;
  }

  .root.dark {
    ${dark}
  }

  @media (prefers-color-scheme: dark) {
    .root.auto {
      ${dark}
    }
  }
`;
