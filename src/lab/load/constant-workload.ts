import { requestBytes, type RequestHead } from './http1/request.js';
import type { Workload } from './types.js';

/** The same request again and again, from one buffer; nothing of the answers is kept. */
export function constantWorkload(host: string, request: RequestHead, body?: string): Workload {
  const bytes = requestBytes(host, request, body);
  return {
    keep: { headers: false, body: false },
    withoutBody: request.method === 'HEAD',
    bytes: () => bytes,
  };
}
