import { pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';

const namespace = 'plan-itself';

/**
 * A program that starts itself again starts `process.argv[1]`, which names the source, and Node runs
 * no TypeScript. One that uses these modules starts its bundle instead; for `planItself` see `itself`.
 */
const modules: Readonly<Record<string, string>> = {
  cluster: `
    const cluster = require('node:cluster');
    if (cluster.isPrimary) cluster.setupPrimary({ exec: planProgram });
    module.exports = cluster;`,
  child_process: `
    const processes = require('node:child_process');
    const words = (some) => (Array.isArray(some) ? some.map(planItself) : some);
    module.exports = {
      ...processes,
      fork: (file, ...rest) => processes.fork(planItself(file), ...rest),
      spawn: (command, some, ...rest) => processes.spawn(command, words(some), ...rest),
    };`,
  worker_threads: `
    const threads = require('node:worker_threads');
    class Worker extends threads.Worker {
      constructor(file, options) {
        super(planItself(file), options);
      }
    }
    module.exports = { ...threads, Worker };`,
};

export const startsItselfAgain: Plugin = {
  name: 'starts-itself-again',
  setup(plugin) {
    const filter = new RegExp(`^(?:node:)?(?:${Object.keys(modules).join('|')})$`);
    plugin.onResolve({ filter }, ({ path, importer, namespace: from }) => {
      const name = path.replace(/^node:/, '');
      return from === namespace || importer === ''
        ? { path: `node:${name}`, external: true }
        : { path: name, namespace };
    });
    plugin.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      contents: modules[path] ?? '',
      loader: 'js',
    }));
  },
};

/** For the banner of a bundle: where it lies, and what to start in place of its source. */
export function itself(entry: string): readonly string[] {
  const names = JSON.stringify([entry, pathToFileURL(entry).href]);
  return [
    'const planProgram = process.argv[1];',
    `const planItself = (file) => (${names}.includes(String(file)) ? planProgram : file);`,
    `process.argv[1] = ${JSON.stringify(entry)};`,
  ];
}

/** Whether a file of the bundle is one of the program's, rather than one of the modules above. */
export function isFromDisk(input: string): boolean {
  return !input.startsWith(`${namespace}:`);
}
