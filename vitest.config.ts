import { defineConfig } from 'vitest/config';

/** Millions of requests, and large builds: `npm run soak -- load` and `-- jaeger` alone run them. */
const soak = {
  test: {
    name: 'soak',
    include: ['test/soak/**/*.test.ts'],
    testTimeout: 60 * 60_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
};

const twins = ['test/twins.test.ts'];

/** What takes a minute or two each: builds of five languages, engines, whole systems, comparisons. */
const long = [
  ...['test/docker.test.ts', 'test/new*.test.ts', 'test/kits*.test.ts', 'test/kata-8.test.ts'],
  ...['test/worker-references.test.ts', 'test/systems.test.ts', 'test/services.test.ts'],
  ...['test/ui.test.ts', 'test/slo.test.ts', 'test/compare.test.ts', 'test/dev-check.test.ts'],
];

/** After the twins, which are done long before the others: so all lanes end at about one time. */
const besideTwins = [
  ...['test/docker-*.test.ts', 'test/mystery.test.ts', 'test/run.test.ts', 'test/kata-2.test.ts'],
  ...['test/faults*.test.ts', 'test/outside-kata.test.ts', 'test/services-brokers.test.ts'],
  ...['test/isolation.test.ts', 'test/interrupt.test.ts'],
];

const units = ['src/**/*.test.ts', 'katas/**/*.test.ts', 'scripts/**/*.test.mjs'];

/** They change what a process has only one of, such as its environment: each file has one of its own. */
const ofTheProcess = [
  ...['src/services/**/*.test.ts', 'src/register/**/*.test.ts', 'src/base/**/*.test.ts'],
  'src/lab/{implementation,faults,run}/**/*.test.ts',
];

/** Tests of the real binary, which start services: one file after the other. */
const ofTheBinary = { testTimeout: 120_000, hookTimeout: 180_000, fileParallelism: false };

/**
 * Cargo compiles hundreds of packages on a machine that never did. To optimise them takes more than
 * half of that time, and no test is about how fast a program in Rust is.
 */
const env = { CARGO_PROFILE_RELEASE_OPT_LEVEL: '0' };

const ofUnits = {
  env,
  testTimeout: 20_000,
  // A second, which it is otherwise, is little on a machine that others use as well.
  expect: { poll: { timeout: 10_000 } },
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: units,
          exclude: ofTheProcess,
          // To load the lab anew for each of some two hundred files would take longer than their tests.
          isolate: false,
          ...ofUnits,
        },
      },
      { test: { name: 'unit-of-the-process', include: ofTheProcess, ...ofUnits } },
      {
        test: {
          name: 'end-to-end',
          include: ['test/**/*.test.ts'],
          exclude: ['test/soak/**', ...twins, ...long, ...besideTwins],
          env,
          ...ofTheBinary,
        },
      },
      { test: { name: 'twins', include: twins, env, ...ofTheBinary } },
      { test: { name: 'long', include: long, env, ...ofTheBinary } },
      { test: { name: 'beside-twins', include: besideTwins, env, ...ofTheBinary } },
      ...(process.env['PLAN_SOAK'] === '1' ? [soak] : []),
    ],
  },
});
