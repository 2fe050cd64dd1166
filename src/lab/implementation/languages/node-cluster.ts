import type { Plugin } from 'esbuild';

const namespace = 'plan-cluster';

/**
 * `cluster.fork()` starts `process.argv[1]` again, which names the source, and Node runs no
 * TypeScript. A program that uses the module starts its bundle instead, whose place the banner of
 * the bundle keeps in `planProgram`.
 */
export const clusterOfBundle: Plugin = {
  name: 'cluster-of-bundle',
  setup(plugin) {
    plugin.onResolve({ filter: /^(?:node:)?cluster$/ }, ({ importer, namespace: from }) =>
      from === namespace || importer === ''
        ? { path: 'node:cluster', external: true }
        : { path: 'cluster', namespace },
    );
    plugin.onLoad({ filter: /.*/, namespace }, () => ({
      contents: [
        "const cluster = require('node:cluster');",
        'if (cluster.isPrimary) cluster.setupPrimary({ exec: planProgram });',
        'module.exports = cluster;',
      ].join('\n'),
      loader: 'js',
    }));
  },
};

/** Whether a file of the bundle is one of the program's, rather than the module above. */
export function isFromDisk(input: string): boolean {
  return !input.startsWith(`${namespace}:`);
}
