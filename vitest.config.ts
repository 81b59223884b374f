/** Tests lie beside the code and under test/. Two workers, since the machines that run them have two cores. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{domain,events,functions,infra,local,bench,test,sdk}/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Laws and stories do real work; a test past this hangs.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    teardownTimeout: 10_000,
    // An empty file or folder is a mistake in the include, never a pass.
    passWithNoTests: false,
    // `.only` left behind would silence the rest.
    allowOnly: false,
    reporters: ['default'],
  },
});
