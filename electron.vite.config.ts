import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

const here = import.meta.dirname;

/**
 * Three bundles from the fixed top-level folders into out/.
 *
 * Only what package.json calls a dependency (TensorFlow's native addon) stays outside; all else is bundled.
 * main/worker is built by the `?modulePath` import of main/trainer.ts.
 */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rolldownOptions: { input: { index: `${here}/main/index.ts`, cli: `${here}/main/cli.ts` } },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload cannot require files beside it: one CommonJS file with everything inside.
      externalizeDeps: false,
      rolldownOptions: {
        input: `${here}/main/preload/index.ts`,
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [svelte({ configFile: `${here}/svelte.config.js` })],
    build: {
      outDir: 'out/renderer',
      minify: true,
      // The content security policy allows no data: addresses, so no asset may be inlined as one.
      assetsInlineLimit: 0,
      // One file from the disk: splitting it would save nothing.
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { input: `${here}/renderer/index.html`, checks: { pluginTimings: false } },
    },
  },
});
