import type { IncomingHttpHeaders } from 'node:http';

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  /** Sent as it stands in place of the body, where that is to be no JSON. */
  readonly text?: string;
  /** `application/json` where nothing is said. */
  readonly contentType?: string;
  /** Further ones, such as `retry-after`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * @param body parsed JSON; undefined for a GET or a DELETE
 * @param parameters what stood in the path where the route says `{account}`, by that name
 * @param headers of the request, their names in lower case
 */
export type Handler = (
  body: unknown,
  parameters: Parameters,
  headers: IncomingHttpHeaders,
) => Promise<Reply>;
export type Parameters = Readonly<Record<string, string>>;

/** `POST /accounts/{account}/deposits` → its handler. */
export type Routes = Readonly<Record<string, Handler>>;

export interface Found {
  /** As it was written: `POST /accounts/{account}/deposits`. */
  readonly route: string;
  readonly handle: Handler;
  readonly parameters: Parameters;
}

/** Finds the handler of a method and a URL's path; undefined where no route is for them. */
export function router(routes: Routes): (method: string, url: string) => Found | undefined {
  const compiled = Object.entries(routes).map(([route, handle]) => {
    const [method = '', path = ''] = route.split(' ');
    return { route, method, pattern: path.split('/'), handle };
  });
  return (method, url) => {
    const parts = (url.split('?', 1)[0] ?? '').split('/');
    for (const route of compiled) {
      if (route.method !== method) continue;
      const parameters = parametersIn(route.pattern, parts);
      if (parameters) return { route: route.route, handle: route.handle, parameters };
    }
    return undefined;
  };
}

function parametersIn(
  pattern: readonly string[],
  parts: readonly string[],
): Parameters | undefined {
  if (pattern.length !== parts.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [n, wanted] of pattern.entries()) {
    const part = parts[n] ?? '';
    const name = /^\{(.+)\}$/.exec(wanted)?.[1];
    if (name !== undefined && part !== '') parameters[name] = decoded(part);
    else if (wanted !== part) return undefined;
  }
  return parameters;
}

/** A `%` that begins no escape stands for itself. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
