import { exitCodes, PlanError, errorMessage } from '../../base/errors.js';
import { maskText, maskUrl } from '../../base/mask.js';
import { texts } from '../../i18n/text.js';
import { viewersTexts } from '../../i18n/viewers.js';
import { serviceTitles } from '../../kata/services.js';
import type { Kept } from '../../register/kept.js';
import type { Capability } from '../capability.js';
import type { RunningService } from '../types.js';
import type { Viewer } from './viewer.js';

/** As a capability like any other: kept, ended, found after a killed `plan`. No case has a place there. */
export function viewerCapability(viewer: Viewer): Capability<RunningService, undefined> {
  const { name, variable } = viewer;
  const title = serviceTitles[name];
  return {
    ways: [
      {
        name: 'url',
        find: ({ env, force }) =>
          Promise.resolve(
            force === 'url' || env[variable] ? () => given(viewer, env[variable]) : undefined,
          ),
      },
      {
        name: 'docker',
        find: async (options) => {
          const { dockerAnswers } = await import('../docker/service.js');
          const isOurs = process.platform === 'linux' && (await dockerAnswers());
          if (options.force !== 'docker' && !isOurs) return undefined;
          const { startDockerViewer } = await import('./docker.js');
          return () => startDockerViewer(viewer, options);
        },
      },
      {
        name: 'local',
        find: async (options) => {
          const { programOf, startLocalViewer } = await import('./local.js');
          if (options.force !== 'local' && programOf(viewer) === undefined) return undefined;
          return () => startLocalViewer(viewer, options);
        },
      },
    ],
    none: () => {
      const t = texts(viewersTexts);
      return { what: t.none(title, variable), mend: t.mend(title, viewer) };
    },
    useKept: (kept) => Promise.resolve(keptViewer(kept)),
    sharesKept: true,
    place: ({ url }) => Promise.resolve({ url, hands: undefined, end: () => Promise.resolve() }),
    endLeftover: () => Promise.resolve(),
    describe: ({ server }) => `${title} (${server})`,
    refusesUs: viewer.refusesUs,
    examine: async (env, found) => (await import('./doctor.js')).examineViewer(viewer, env, found),
  };
}

/** @throws PlanError (exit 4) */
export async function given(viewer: Viewer, url: string | undefined): Promise<RunningService> {
  const t = texts(viewersTexts);
  const { name, variable } = viewer;
  try {
    if (!url || !/^https?:$/.test(new URL(url).protocol)) throw new Error(t.noUrl);
    const version = await viewer.versionAt(url);
    return {
      record: {
        ...{ name, version, provider: 'url', kept: false, settings: {} },
        url: maskUrl(url),
      },
      ...{ url, died: new Promise(() => undefined), stop: () => Promise.resolve() },
    };
  } catch (cause) {
    throw new PlanError({
      ...{ code: `${name}-url-failed`, exit: exitCodes.environment, cause },
      what: t.urlFailed(variable, maskText(errorMessage(cause))),
      mend: t.mend(serviceTitles[name], viewer),
    });
  }
}

const keptViewer = ({ record, url, handle }: Kept): RunningService => ({
  record: { ...record, kept: true },
  ...{ url, handle, died: new Promise(() => undefined), stop: () => Promise.resolve() },
});
