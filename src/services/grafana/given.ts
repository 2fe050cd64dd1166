import { exitCodes, PlanError } from '../../base/errors.js';
import { texts } from '../../i18n/text.js';
import { viewersTexts } from '../../i18n/viewers.js';
import { askPage } from '../viewer/page.js';
import { grafanaViewer } from './capability.js';
import { dashboards, sourcesKept } from './provisioning.js';

/**
 * Tells the Grafana of GRAFANA_URL of the kept servers, and of the dashboards: by its API, with the user
 * that the URL names. What it already has under these names is replaced.
 * @throws PlanError `grafana-url-failed` (exit 4)
 */
export async function provisionGiven(env: NodeJS.ProcessEnv): Promise<void> {
  const url = env['GRAFANA_URL'] ?? '';
  for (const source of sourcesKept() as { uid: string }[]) {
    const { status } = await askPage(url, `/api/datasources/uid/${source.uid}`, source, 'PUT');
    if (status === 404) await must(url, '/api/datasources', source);
  }
  for (const text of Object.values(dashboards()))
    await must(url, '/api/dashboards/db', {
      dashboard: JSON.parse(text) as object,
      overwrite: true,
    });
}

async function must(url: string, path: string, send: object): Promise<void> {
  const { status, text } = await askPage(url, path, send);
  if (status < 400) return;
  const t = texts(viewersTexts);
  throw new PlanError({
    ...{ code: 'grafana-url-failed', exit: exitCodes.environment },
    what: t.urlFailed('GRAFANA_URL', `${path}: ${status} ${text.slice(0, 200)}`),
    mend: t.mend('Grafana', grafanaViewer),
  });
}
