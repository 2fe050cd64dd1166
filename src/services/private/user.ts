import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { exitCodes, PlanError } from '../../base/errors.js';
import { servicesTexts } from '../../i18n/services.js';
import { texts } from '../../i18n/text.js';

/** Whom a service runs as where this program runs as root. */
export interface ServiceUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Undefined for an ordinary user, who runs PostgreSQL as himself. For root, which PostgreSQL
 * refuses: `postgres`, else `nobody`, else the first other one that this machine lets root become.
 * @throws PlanError `no-database-user` (exit 4)
 */
export function databaseUser(): ServiceUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const user = candidates(['postgres', 'nobody']).find(canBecome);
  if (user !== undefined) return user;
  const t = texts(servicesTexts);
  throw new PlanError({
    code: 'no-database-user',
    exit: exitCodes.environment,
    what: t.noDatabaseUser,
    mend: t.noDatabaseUserMend,
  });
}

/** As above, for a service that runs as root where root may become nobody else. */
export function serviceUser(names: readonly string[]): ServiceUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return candidates(names).find(canBecome);
}

/** initdb wants an entry in passwd, so only users that stand there come into question. */
function candidates(names: readonly string[]): ServiceUser[] {
  const users = passwd().filter(({ uid, gid }) => uid > 0 && gid > 0);
  const preferred = names.flatMap((name) => users.filter((user) => user.name === name));
  return [...preferred, ...users.filter((user) => !preferred.includes(user))];
}

function passwd(): ServiceUser[] {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
  } catch {
    return [];
  }
}

/** In a user namespace, or with capabilities taken away, root cannot become everybody. */
function canBecome({ uid, gid }: ServiceUser): boolean {
  return spawnSync('/bin/sh', ['-c', ':'], { uid, gid, cwd: '/', stdio: 'ignore' }).status === 0;
}
