#!/usr/bin/env node
'use strict';

const argv = process.argv.slice(2);

if (argv[0] !== 'next' || !isQuick()) {
  // As from Node 21 on. Where it is missing, PostgreSQL's driver loads all of fetch to find out where it runs.
  globalThis.navigator ??= { userAgent: `Node.js/${parseInt(process.versions.node)}` };
  void import('../dist/main.js').then(async ({ main }) => {
    process.exitCode = await main(argv);
    setInterval(endWhenTold, 1_000).unref();
  });
}

/** `plan next` has a build of its own: see src/quick.ts. False where the other one must do it. */
function isQuick() {
  try {
    return loadQuick().quick(argv);
  } catch {
    // As after an update, where it has not been built yet.
    return false;
  }
}

/** With what Node had made of it when it was built, so that it need not be compiled again. */
function loadQuick() {
  const { readFileSync } = require('node:fs');
  const { Script } = require('node:vm');
  const dist = `${__dirname}/../dist`;
  const filename = `${dist}/quick.cjs`;
  const source = readFileSync(filename, 'utf8');
  let cachedData;
  try {
    cachedData = readFileSync(`${dist}/quick.cache`);
  } catch {
    // It may be missing, and then all takes a little longer.
  }
  const script = new Script(source, { filename, cachedData });
  return script.runInThisContext()(require, { exports: {} }, dist);
}

/** All is done: a connection that its other side does not let go of must not keep this program. */
function endWhenTold() {
  if (process.stdout.writableLength === 0 && process.stderr.writableLength === 0) process.exit();
}
