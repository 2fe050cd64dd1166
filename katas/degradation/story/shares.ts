import { grouped } from '../../../src/kata/index.js';
import type { Call, Request } from './requests.js';

/**
 * Where several ask for the same at once, each needs a call of its own: a good answer has the one whose
 * value it tells, and what is left is of those that may have made a call, first come first served.
 */
export function eachItsOwnCalls(requests: readonly Request[]): Request[] {
  const alike = grouped(requests, ({ route, id }) => `${route} ${id}`);
  const own = new Map<Request, readonly Call[]>();
  for (const some of alike.values())
    if (some.length > 1) for (const [request, calls] of sharedOut(some)) own.set(request, calls);
  return requests.map((request) => {
    const calls = own.get(request);
    return calls ? { ...request, calls } : request;
  });
}

/** @param requests in the order in which they were sent; each knows the calls of all */
function sharedOut(requests: readonly Request[]): Map<Request, Call[]> {
  const own = new Map<Request, Call[]>(requests.map((request) => [request, []]));
  const rest = [...(requests[0]?.calls ?? [])];
  for (const request of requests) {
    const said = request.answer?.value;
    const told = rest.findIndex(({ value }) => said !== undefined && value === said);
    if (told >= 0) own.get(request)?.push(...rest.splice(told, 1));
  }
  const hasNone = (request: Request): boolean => own.get(request)?.length === 0;
  for (const call of rest) {
    const of =
      requests.find((one) => hasNone(one) && mayHaveFailed(one)) ??
      requests.find(hasNone) ??
      requests.at(-1);
    if (of) own.get(of)?.push(call);
  }
  return own;
}

/** A call was made for it that told no value, or that came too late for who hung up. */
const mayHaveFailed = ({ answer }: Request): boolean =>
  answer === undefined || answer.status === 502 || answer.status === 504;
