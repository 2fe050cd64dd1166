import { texts } from '../../i18n/text.js';
import { viewersTexts } from '../../i18n/viewers.js';
import { serviceTitles } from '../../kata/services.js';
import type { Found } from '../capability.js';
import type { Check } from '../doctor/check.js';
import { chosenWay, givenUrl } from '../doctor/way.js';
import { given } from './capability.js';
import { programOf } from './local.js';
import type { Viewer } from './viewer.js';

/** By each way, and which of them `plan observe up` would take. Starts nothing. */
export async function examineViewer(
  viewer: Viewer,
  env: NodeJS.ProcessEnv,
  { docker, kept }: Found,
): Promise<Check[]> {
  const t = texts(viewersTexts);
  const { name, variable } = viewer;
  const url = await givenUrl(name, variable, env, (from) => given(viewer, from[variable]));
  const program = programOf(viewer);
  const about = { id: `${name}-local`, title: t.local(serviceTitles[name]) };
  const local: Check =
    program === undefined
      ? { ...about, state: 'optional', detail: t.notInstalled }
      : { ...about, state: 'ok', detail: program };
  const ways = process.platform === 'linux' ? [url, kept, docker, local] : [url, kept, local];
  const none = {
    state: 'optional',
    detail: t.noWay,
    mend: t.mend(serviceTitles[name], viewer),
  } as const;
  return [chosenWay(name, ways, none), url, kept, local];
}
