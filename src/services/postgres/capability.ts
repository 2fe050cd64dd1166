import { postgresTexts } from '../../i18n/postgres.js';
import { texts } from '../../i18n/text.js';
import type { Capability } from '../capability.js';
import type { RunningService } from '../types.js';
import { openDatabase, type CaseDatabase } from './client.js';
import { refusesUs } from './connection.js';
import { dropDatabase } from './drop.js';
import { freshDatabase } from './fresh.js';
import { postgresWays } from './ways.js';

export const postgres: Capability<RunningService, CaseDatabase> = {
  ...postgresWays,
  useKept: async (kept) => (await import('./kept.js')).useKeptPostgres(kept),
  sharesKept: true,
  eachRole: 'place',
  async place(server, { label, schema, recorder }) {
    const fresh = await freshDatabase(server, label, schema);
    const hands = openDatabase(fresh, {
      blocked: (note) => recorder.note('lab-blocked', note),
      schemaChanged: (note) => recorder.note('schema-changed', note),
    });
    const end = async (): Promise<void> => {
      await hands.close();
      await fresh.drop();
    };
    try {
      await hands.rememberSchema();
    } catch (error) {
      await end();
      throw error;
    }
    return { url: fresh.url, hands, end };
  },
  endLeftover: ({ url, name }) => dropDatabase(url, name),
  describe: ({ name, server }) => texts(postgresTexts).database(name, server),
  refusesUs,
  endProcess: async (process) => (await import('./private/launch.js')).endPostmaster(process),
  examine: async (env, found) => (await import('./doctor.js')).examinePostgres(env, found),
};
