import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/setup.ts'],
    // Whole audits and packaging share two cores with everything else on a small machine.
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
