import { defineConfig } from 'vitest/config';

/** Tests against S3, SNS, SQS and IAM servers that others wrote. They fail, and are not skipped, without their server. */
export default defineConfig({
  test: {
    include: ['test/servers/**/*.test.ts'],
    setupFiles: ['test/support/setup.ts'],
    // One server serves them all, and some of them change whom it trusts.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
