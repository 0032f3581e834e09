import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // These need servers that are not from npm: .ci/with-moto, .ci/with-radosgw.
    exclude: ['test/servers/**'],
    setupFiles: ['test/support/setup.ts'],
    // Whole audits and packaging share two cores with everything else on a small machine.
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
