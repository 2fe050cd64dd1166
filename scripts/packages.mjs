/** Which packages are put into what we build, and which are found when it runs. */
import path from 'node:path';

// commander and chalk are on the way of every command: bundled they cost a third of the time.
const inBundle = new Set(['commander', 'chalk']);
// What commander needs for subcommands that are programs of their own, and chalk to find out what
// terminals can do. We have none, and say that ourselves; and merely to load either takes
// milliseconds, since it brings the network stack along.
const unused = [
  { from: 'commander', module: /^node:child_process$/ },
  { from: 'chalk', module: /^#supports-color$/ },
];

export const packagesStayOutside = {
  name: 'packages-stay-outside',
  setup({ onResolve, onLoad }) {
    for (const { from, module } of unused)
      onResolve({ filter: module }, ({ path: name, importer }) =>
        isIn(importer, from) ? { path: name, namespace: 'unused' } : undefined,
      );
    onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'module.exports = {};' }));
    onResolve({ filter: /^[^./#]/ }, ({ path: name, kind }) =>
      kind === 'entry-point' || inBundle.has(name) || path.isAbsolute(name)
        ? undefined
        : { path: name, external: true, sideEffects: !name.startsWith('node:') },
    );
  },
};

function isIn(importer, name) {
  return importer.includes(path.join(path.sep, 'node_modules', name, path.sep));
}
