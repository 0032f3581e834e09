import { defineConfig } from 'vitest/config';

/** Tests in a real Chromium, which CHROMIUM names (.ci/with-chromium). They fail, and are not skipped, without it. */
export default defineConfig({
  test: {
    // Not `*.test.ts`: those are run where no browser is.
    include: ['test/browser/**/*.browser.ts'],
    setupFiles: ['test/support/setup.ts'],
    // A browser is a program of many processes; one at a time is enough for two cores.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
