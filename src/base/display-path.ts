import path from 'node:path';

/** Relative to the learner's root where it lies below it, else absolute. */
export function displayPath(absolute: string, root: string): string {
  const relative = path.relative(root, absolute);
  return relative === '' || relative.startsWith('..') || path.isAbsolute(relative)
    ? absolute
    : relative;
}
