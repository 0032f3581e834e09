import { defineConfig } from 'vitest/config';

/** The tests by which mutants of the audit's verdicts and checks are judged: whole audits of small buckets, so a room of its own. */
export default defineConfig({
  test: {
    include: ['test/audit/**/*.test.ts'],
    setupFiles: ['test/support/setup.ts', 'test/mutation/setup.ts'],
    isolate: false,
    testTimeout: 30_000,
  },
});
