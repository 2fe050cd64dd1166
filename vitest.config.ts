import { defineConfig } from 'vitest/config';

/** Millions of requests, run by `npm run soak -- load` alone. */
const soak = {
  test: {
    name: 'soak',
    include: ['test/soak/**/*.test.ts'],
    testTimeout: 60 * 60_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
};

/** The other lane of `npm test`: as long as all the rest together. */
const long = ['test/twins.test.ts', 'test/docker*.test.ts', 'test/new*.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'katas/**/*.test.ts', 'scripts/**/*.test.mjs'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'end-to-end',
          include: ['test/**/*.test.ts'],
          exclude: ['test/soak/**', ...long],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'long',
          include: long,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      ...(process.env['PLAN_SOAK'] === '1' ? [soak] : []),
    ],
  },
});
