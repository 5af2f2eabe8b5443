import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/**
 * Unit tests, told apart by what they need:
 * pure code in Node; the worker with TensorFlow; Svelte components and state in a simulated page.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['{shared,main,renderer}/**/*.test.ts', 'scripts/**/*.test.mjs'],
          exclude: ['main/worker/**', 'renderer/**/*.svelte.test.ts'],
        },
      },
      {
        test: {
          name: 'worker',
          include: ['main/worker/**/*.test.ts'],
          // A native addon may not be shared between threads, and a crash must not take the other tests along.
          pool: 'forks',
          env: { TF_ENABLE_ONEDNN_OPTS: '1', TF_CPP_MIN_LOG_LEVEL: '2' },
          testTimeout: 60_000,
        },
      },
      {
        plugins: [svelte({ configFile: `${import.meta.dirname}/svelte.config.js` })],
        // Svelte's server build is the default outside a browser: with it effects never run and tests pass empty.
        resolve: { conditions: ['browser'] },
        test: {
          name: 'svelte',
          include: ['renderer/**/*.svelte.test.ts'],
          environment: 'happy-dom',
        },
      },
    ],
  },
});
