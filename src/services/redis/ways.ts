import { redisTexts } from './texts.js';
import { texts } from '../../i18n/text.js';
import type { Capability } from '../capability.js';
import type { RunningRedis } from './types.js';

export const redisWays: Pick<Capability<RunningRedis, unknown>, 'ways' | 'none'> = {
  ways: [
    {
      name: 'url',
      find: async ({ env, force }) => {
        if (force !== 'url' && !env['REDIS_URL']) return undefined;
        const { useRedisUrl } = await import('./url.js');
        return () => useRedisUrl(env);
      },
    },
    {
      name: 'docker',
      find: async (options) => {
        const { dockerAnswers } = await import('../docker/service.js');
        if (options.force !== 'docker' && !(await dockerAnswers())) return undefined;
        const { startDockerRedis } = await import('./docker.js');
        return () => startDockerRedis(options);
      },
    },
    {
      name: 'local',
      find: async (options) => {
        const { findLocalRedis, startLocalRedis } = await import('./local.js');
        if (options.force !== 'local' && (await findLocalRedis()).length === 0) return undefined;
        return () => startLocalRedis(options);
      },
    },
    {
      name: 'embedded',
      find: async (options) => {
        const { debianRelease } = await import('../packages/apt.js');
        if (options.force !== 'embedded' && debianRelease() === undefined) return undefined;
        const { startEmbeddedRedis } = await import('./embedded.js');
        return () => startEmbeddedRedis(options);
      },
    },
  ],
  none: () => {
    const t = texts(redisTexts);
    return {
      what: t.none,
      mend: process.platform === 'darwin' ? t.noneMendMac : t.noneMend,
    };
  },
};
