import type { Role } from '../kata/roles.js';
import type { UntilWritten } from '../report/terminal/new.js';

type Program = Pick<Role, 'routes' | 'clientRoutes' | 'queue'>;

/** What programs that `plan new` lays down do until the learner writes them. */
export function untilWritten(programs: readonly Program[]): UntilWritten {
  const consumes = programs.some(({ queue }) => queue !== undefined);
  const answers = programs.some(
    ({ routes = [], clientRoutes = [] }) => routes.length + clientRoutes.length > 0,
  );
  if (!consumes) return 'answers';
  return answers ? 'both' : 'consumes';
}
