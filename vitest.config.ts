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
const long = [
  ...['test/twins.test.ts', 'test/docker*.test.ts', 'test/new*.test.ts'],
  ...['test/kits*.test.ts', 'test/worker-references.test.ts'],
];

/**
 * Cargo compiles hundreds of packages on a machine that never did. To optimise them takes more than
 * half of that time, and no test is about how fast a program in Rust is.
 */
const env = { CARGO_PROFILE_RELEASE_OPT_LEVEL: '0' };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'katas/**/*.test.ts', 'scripts/**/*.test.mjs'],
          env,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'end-to-end',
          include: ['test/**/*.test.ts'],
          exclude: ['test/soak/**', ...long],
          env,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'long',
          include: long,
          env,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      ...(process.env['PLAN_SOAK'] === '1' ? [soak] : []),
    ],
  },
});
