import { defineConfig } from 'vite';

/** The console, built for `/agent/` and for a policy that allows nothing inline. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/agent/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: true,
  },
});
