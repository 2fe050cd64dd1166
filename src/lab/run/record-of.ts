import type { ImplementationRecord } from '../../kata/run-record.js';
import type { KataOnDisk } from '../../kata/discover.js';
import { hashSources } from '../../base/hash.js';
import { displayPath } from '../../base/display-path.js';
import type { Built, Implementation } from '../implementation/index.js';

/** What run.json says of the implementation. */
export function recordOf(
  { kind, language, path, hash, start }: Implementation,
  { runtime }: Built,
  root: string,
): ImplementationRecord {
  const isCommand = language === 'command' && start !== undefined;
  return {
    ...{ kind, language, runtime, path: displayPath(path, root), hash },
    ...(isCommand && { start }),
  };
}

/** Of a kata without programs: its cases are not any implementation's. */
export const playedByLab = { kind: 'lab', language: 'sql' } as const;

/** And what run.json says of it: the scripts that were played. */
export async function recordOfLab(
  { folder }: KataOnDisk,
  root: string,
): Promise<ImplementationRecord> {
  const [path, hash] = [displayPath(folder, root), await hashSources(folder)];
  return { ...playedByLab, runtime: 'SQL', path, hash };
}
