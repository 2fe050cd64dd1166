import { brokerTexts } from '../../i18n/broker.js';
import { texts } from '../../i18n/text.js';
import type { Capability } from '../capability.js';
import type { RunningRabbitMq } from './types.js';
import { noticeOf } from './versions.js';

export const rabbitmqWays: Pick<
  Capability<RunningRabbitMq, unknown>,
  'ways' | 'none' | 'notice'
> = {
  ways: [
    {
      name: 'url',
      find: async ({ env, force }) => {
        if (force !== 'url' && !env['AMQP_URL']) return undefined;
        const { useBrokerUrl } = await import('./url.js');
        return () => useBrokerUrl(env);
      },
    },
    {
      name: 'docker',
      find: async (options) => {
        const { dockerAnswers } = await import('../docker/service.js');
        if (options.force !== 'docker' && !(await dockerAnswers())) return undefined;
        const { startDockerBroker } = await import('./docker.js');
        return () => startDockerBroker(options);
      },
    },
    {
      name: 'local',
      find: async (options) => {
        const { findLocalBrokers, startLocalBroker } = await import('./local.js');
        if (options.force !== 'local' && findLocalBrokers().length === 0) return undefined;
        return () => startLocalBroker(options);
      },
    },
    {
      name: 'embedded',
      find: async (options) => {
        const { canEmbed, startEmbeddedBroker } = await import('./embedded.js');
        if (options.force !== 'embedded' && !canEmbed()) return undefined;
        return () => startEmbeddedBroker(options);
      },
    },
  ],
  notice: noticeOf,
  none: () => {
    const t = texts(brokerTexts);
    return {
      what: t.none,
      mend: process.platform === 'darwin' ? t.noneMendMac : t.noneMend,
    };
  },
};
