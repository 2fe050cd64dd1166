import type { Session } from '../../kata/database.js';
import { LabBlocked } from '../../services/postgres/blocked.js';
import { SchemaChanged } from '../../services/postgres/schema-guard.js';
import type { CaseDatabase } from '../../services/postgres/client.js';
import { EndedEarly, type Ending } from './ending.js';

/**
 * The same database, where a statement of the lab's that the program has kept from its answer, or
 * taken the tables from, ends the experiment: who was in its way, or what is gone, is in the history.
 */
export function endWhereBlocked(database: CaseDatabase, ending: Ending): CaseDatabase {
  const ended = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await answer;
    } catch (error) {
      if (!(error instanceof LabBlocked || error instanceof SchemaChanged)) throw error;
      ending.end();
      throw new EndedEarly(undefined, { cause: error });
    }
  };
  const wrapped = (session: Session): Session => ({
    pid: session.pid,
    query: (sql, parameters) => ended(session.query(sql, parameters)),
    statement: (sql, parameters) => ended(session.statement(sql, parameters)),
    close: () => session.close(),
  });
  return {
    url: database.url,
    others: () => database.others(),
    observer: () => database.observer(),
    lookForDisguise: () => database.lookForDisguise(),
    query: (sql, parameters) => ended(database.query(sql, parameters)),
    session: async () => wrapped(await database.session()),
  };
}
