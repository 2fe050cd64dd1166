import { postgresTexts } from '../../i18n/postgres.js';
import { servicesTexts } from '../../i18n/services.js';
import { texts } from '../../i18n/text.js';
import type { Capability } from '../capability.js';
import type { RunningService } from '../types.js';

export const postgresWays: Pick<Capability<RunningService, unknown>, 'ways' | 'none'> = {
  ways: [
    {
      name: 'url',
      find: async ({ env, force, onProgress, onNotice = onProgress }) => {
        if (force !== 'url' && !env['DATABASE_URL']) return undefined;
        const { isShared, useUrl } = await import('./url.js');
        return async () => {
          const service = await useUrl(env);
          if (isShared(service)) onNotice(texts(postgresTexts).noOwnRole);
          return service;
        };
      },
    },
    {
      name: 'docker',
      find: async (options) => {
        const { dockerAnswers } = await import('../docker/service.js');
        if (options.force !== 'docker' && !(await dockerAnswers())) return undefined;
        const { startDockerPostgres } = await import('./docker.js');
        return () => startDockerPostgres(options);
      },
    },
    {
      name: 'local',
      find: async (options) => {
        const { findLocal, startLocalPostgres } = await import('./local.js');
        if (options.force !== 'local' && (await findLocal()).length === 0) return undefined;
        return () => startLocalPostgres(options);
      },
    },
    {
      name: 'embedded',
      find: async (options) => {
        const { findEmbedded, startEmbeddedPostgres } = await import('./embedded.js');
        if (options.force !== 'embedded' && findEmbedded() === undefined) return undefined;
        return () => startEmbeddedPostgres(options);
      },
    },
  ],
  none: (keep) => {
    const t = texts(servicesTexts);
    return { what: t.noPostgres, mend: keep ? t.noPostgresMendKeep : t.noPostgresMend };
  },
};
