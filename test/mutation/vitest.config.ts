import { defineConfig } from 'vitest/config';

/**
 * The tests by which mutants of the pure rooms are judged: those that call the code in this process and take milliseconds.
 * What starts programs, servers or packaging would prove the same much later.
 */
export default defineConfig({
  test: {
    include: ['test/{alerts,config,findings,history,parseable,report,writers}/**/*.test.ts'],
    setupFiles: ['test/support/setup.ts', 'test/mutation/setup.ts'],
    isolate: false,
    testTimeout: 60_000,
  },
});
