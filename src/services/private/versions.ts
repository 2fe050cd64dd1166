/** Of `3.10.8-1.1+deb12u1` only the part before the hyphen. Below 0 where `a` is the older one. */
export function compareVersions(a: string, b: string): number {
  const [left = [], right = []] = [a, b].map((version) =>
    version
      .split('-')[0]
      ?.split('.')
      .map((part) => Number.parseInt(part)),
  );
  const at = [0, 1, 2].find((part) => (left[part] ?? 0) !== (right[part] ?? 0)) ?? 0;
  return (left[at] ?? 0) - (right[at] ?? 0);
}
