import type { CaseDatabase } from './client.js';

/** For katas that ask for none: using it is a defect of the kata. */
export function noDatabase(kata: string): CaseDatabase {
  const refuse = () =>
    Promise.reject(new Error(`${kata} uses a database, but asks for no postgres`));
  return {
    url: undefined,
    query: refuse,
    session: refuse,
    observer: refuse,
    others: () => Promise.resolve([]),
    lookForDisguise: () => Promise.resolve(),
  };
}
