import { minifyHTMLLiterals } from 'minify-literals';
import { build, defineConfig, type Plugin } from 'vite';

const folder = new URL('.', import.meta.url).pathname;
const target = 'es2022';

/**
 * Builds the classic script beside the modules: it has to know the element's hashed file name, so it comes last.
 * Emitted as `wzatco-chat.js`, a name that site owners paste and that therefore never changes.
 */
function classicLoader(): Plugin {
  return {
    name: 'wzatco:classic-loader',
    async generateBundle(_options, bundle) {
      const element = Object.values(bundle).find((file) => file.type === 'chunk' && file.isEntry);
      if (!element) this.error('The element has no entry chunk.');
      const result = await build({
        configFile: false,
        root: folder,
        logLevel: 'warn',
        define: { ELEMENT_FILE: JSON.stringify(element.fileName) },
        build: {
          write: false,
          target,
          rolldownOptions: {
            input: `${folder}src/entrypoints/cdn.ts`,
            output: { format: 'iife' },
          },
        },
      });
      const [output] = Array.isArray(result) ? result : [result];
      const chunk = output && 'output' in output ? output.output[0] : undefined;
      if (!chunk) this.error('The loader was not built.');
      this.emitFile({ type: 'asset', fileName: 'wzatco-chat.js', source: chunk.code });
    },
  };
}

/** The bundler leaves the markup and styles in template literals as they were written. */
function smallTemplates(): Plugin {
  return {
    name: 'wzatco:small-templates',
    transform: {
      filter: { id: /\/sdk\/src\/element\/.*\.ts$/ },
      handler: async (code, id) => minifyHTMLLiterals(code, { fileName: id }),
    },
  };
}

/** Engine.IO carries a transport that the client never asks for: a class in its place keeps its list whole. */
function noWebTransport(): Plugin {
  return {
    name: 'wzatco:no-web-transport',
    enforce: 'pre',
    load: {
      filter: { id: /engine\.io-client\/build\/esm\/transports\/webtransport\.js$/ },
      handler: () => 'export class WT {}',
    },
  };
}

/** `vite build`: `dist/wzatco-chat.js` and, hashed and cacheable for ever, `dist/wzatco-chat/*`. */
export default defineConfig({
  root: folder,
  base: './',
  publicDir: false,
  plugins: [smallTemplates(), noWebTransport(), classicLoader()],
  build: {
    target,
    outDir: 'dist',
    // Preload links would be written into the customer's page.
    modulePreload: false,
    rolldownOptions: {
      input: { element: `${folder}src/entrypoints/element.ts` },
      preserveEntrySignatures: false,
      output: {
        format: 'es',
        entryFileNames: 'wzatco-chat/[name]-[hash].js',
        chunkFileNames: 'wzatco-chat/[name]-[hash].js',
      },
    },
  },
});
