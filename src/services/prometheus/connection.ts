import { maskUrl } from '../../base/mask.js';
import type { ProviderName, ServiceRecord } from '../../kata/run-record.js';
import { Refusal, versionOf } from './client.js';

/** What the run record says of a server, asked from the server itself. @throws as the client */
export async function prometheusRecord(
  url: string,
  how: { provider: ProviderName; kept: boolean },
): Promise<ServiceRecord> {
  const version = await versionOf(url);
  return { name: 'prometheus', version, ...how, url: maskUrl(url), settings: {} };
}

/** Asks a server of ours. One that does not answer refuses nothing: it may be busy, or killed. */
export async function refusesUs(url: string): Promise<boolean> {
  try {
    await versionOf(url);
    return false;
  } catch (error) {
    return error instanceof Refusal && (error.status === 401 || error.status === 403);
  }
}
