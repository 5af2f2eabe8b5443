import { defineConfig } from '@playwright/test';

/** End-to-end tests against the built app in the real Electron. One at a time: they share two cores and a display. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 1,
  retries: 0,
  timeout: 120_000,
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['list'], ['json', { outputFile: process.env['CONVOLENS_E2E_REPORT'] ?? 'out/e2e-report.json' }]],
});
