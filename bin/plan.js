#!/usr/bin/env node
'use strict';

const argv = process.argv.slice(2);

// `plan next` has a build of its own: see src/quick.ts.
if (argv[0] !== 'next' || !require('../dist/quick.cjs').quick(argv)) {
  void import('../dist/main.js').then(async ({ main }) => {
    process.exitCode = await main(argv);
    setInterval(endWhenTold, 1_000).unref();
  });
}

/** All is done: a connection that its other side does not let go of must not keep this program. */
function endWhenTold() {
  if (process.stdout.writableLength === 0 && process.stderr.writableLength === 0) process.exit();
}
