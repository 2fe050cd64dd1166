import type { ProviderName, ServiceRecord } from '../../kata/run-record.js';
import { maskUrl } from '../../base/mask.js';
import { queryOnce } from './connection.js';

/** Server settings that bear on the figures. */
const told = [
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'max_connections',
  'shared_buffers',
];

/** What the run record says of a server, asked from the server itself. @throws the driver's error */
export async function recordOf(
  url: string,
  how: { provider: ProviderName; kept: boolean },
): Promise<ServiceRecord> {
  const names = ['server_version', ...told].map((name) => `'${name}'`).join(', ');
  const rows = await queryOnce<{ name: string; value: string }>(
    url,
    `SELECT name, current_setting(name) AS value FROM pg_settings WHERE name IN (${names})`,
  );
  const settings = new Map(rows.map(({ name, value }) => [name, value]));
  // `15.18 (Debian 15.18-0+deb12u1)`
  const version = (settings.get('server_version') ?? '?').split(' ')[0] ?? '?';
  const some = told.flatMap((name) => {
    const value = settings.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    name: 'postgres',
    version,
    ...how,
    url: maskUrl(url),
    settings: Object.fromEntries(some),
  };
}
