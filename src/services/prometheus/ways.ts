import { texts } from '../../i18n/text.js';
import type { Capability } from '../capability.js';
import { prometheusTexts } from './texts.js';
import type { RunningPrometheus } from './types.js';

export const prometheusWays: Pick<Capability<RunningPrometheus, unknown>, 'ways' | 'none'> = {
  ways: [
    {
      name: 'url',
      find: async ({ env, force }) => {
        if (force !== 'url' && !env['PROMETHEUS_URL']) return undefined;
        const { usePrometheusUrl } = await import('./url.js');
        return () => usePrometheusUrl(env);
      },
    },
    {
      name: 'docker',
      find: async (options) => {
        const { dockerAnswers } = await import('../docker/service.js');
        if (options.force !== 'docker') {
          // Elsewhere the engine runs in a machine of its own, and sees no program of this one.
          if (process.platform !== 'linux' || !(await dockerAnswers())) return undefined;
        }
        const { startDockerPrometheus } = await import('./docker.js');
        return () => startDockerPrometheus(options);
      },
    },
    {
      name: 'local',
      find: async (options) => {
        const { findLocalPrometheus, startLocalPrometheus } = await import('./local.js');
        if (options.force !== 'local' && (await findLocalPrometheus()).length === 0)
          return undefined;
        return () => startLocalPrometheus(options);
      },
    },
    {
      name: 'embedded',
      find: async (options) => {
        const { debianRelease } = await import('../packages/apt.js');
        if (options.force !== 'embedded' && debianRelease() === undefined) return undefined;
        const { startEmbeddedPrometheus } = await import('./embedded.js');
        return () => startEmbeddedPrometheus(options);
      },
    },
  ],
  none: () => {
    const t = texts(prometheusTexts);
    return { what: t.none, mend: process.platform === 'darwin' ? t.noneMendMac : t.noneMend };
  },
};
