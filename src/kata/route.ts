export interface Route {
  readonly method: string;
  /** `/accounts/{account}` */
  readonly path: string;
}

/**
 * The route that a line of a contract begins with. A part with an example's number in it stands for
 * any: `GET /accounts/a-1` is the route `GET /accounts/{account}`.
 */
export function routeIn(line: string): Route | undefined {
  const found = /^(GET|POST|PUT|PATCH|DELETE) +(\/[^\s?]*)/.exec(line);
  if (!found) return undefined;
  const [, method = '', path = ''] = found;
  const parts = path.split('/');
  return { method, path: parts.map((part, n) => generalized(part, parts[n - 1])).join('/') };
}

/** @param asked the path of a request */
export function isOnRoute({ path }: Route, asked: string): boolean {
  const wanted = path.split('/');
  const parts = asked.split('/');
  return (
    wanted.length === parts.length &&
    wanted.every((part, n) => part.startsWith('{') || part === parts[n])
  );
}

/** `orders/o-17` → `{order}`; `v1` is a version. */
function generalized(part: string, before: string | undefined): string {
  const isExample = /\d/.test(part) && !/^v\d+$/.test(part) && !part.startsWith('{');
  if (!isExample || before === undefined || before === '') return part;
  return `{${before.replace(/s$/, '').replace(/\W/g, '_')}}`;
}
