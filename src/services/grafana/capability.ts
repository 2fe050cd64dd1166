import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { viewerCapability } from '../viewer/capability.js';
import { askPage } from '../viewer/page.js';
import type { Making, Prepared, Viewer } from '../viewer/viewer.js';
import { dashboards, dataSources, provider, sourcesKept } from './provisioning.js';

const user = 'plan';

/** Grafana, with what it shows laid down before it starts. */
export const grafanaViewer: Viewer = {
  ...{ name: 'grafana', variable: 'GRAFANA_URL', programs: ['grafana', 'grafana-server'] },
  brew: 'grafana',
  image: { variable: 'PLAN_GRAFANA_IMAGE', usual: 'grafana/grafana-oss:12.2.0' },
  otherPorts: 0,
  prepare,
  async versionAt(url) {
    const health = await askPage(url, '/api/health');
    const { version } = JSON.parse(health.text) as { version?: unknown };
    const { status } = await askPage(url, '/api/org');
    if (status !== 200) throw new Error(`${status} for /api/org`);
    return typeof version === 'string' ? version : '?';
  },
  refusesUs: async (url) =>
    askPage(url, '/api/org').then(
      ({ status }) => status === 401 || status === 403,
      () => false,
    ),
};

export const grafana = viewerCapability(grafanaViewer);

function prepare({ folder, data, ports: [port = 0], password, program }: Making): Prepared {
  const home = program === undefined ? undefined : homeOf(program);
  // `grafana server` is today's; `grafana-server` that of older ones.
  const isNew = program === undefined || path.basename(program) === 'grafana';
  const ofProgram = [...(isNew ? ['server'] : []), ...(home ? ['--homepath', home] : [])];
  return {
    files: {
      'provisioning/datasources/plan.yml': dataSources(sourcesKept()),
      'provisioning/dashboards/plan.yml': provider(`${folder}/dashboards`),
      ...Object.fromEntries(
        Object.entries(dashboards()).map(([name, text]) => [`dashboards/${name}`, text]),
      ),
    },
    parameters: program === undefined ? [] : ofProgram,
    environment: {
      GF_SERVER_HTTP_ADDR: '127.0.0.1',
      GF_SERVER_HTTP_PORT: String(port),
      GF_SECURITY_ADMIN_USER: user,
      GF_SECURITY_ADMIN_PASSWORD: password,
      GF_AUTH_ANONYMOUS_ENABLED: 'false',
      GF_USERS_ALLOW_SIGN_UP: 'false',
      GF_ANALYTICS_REPORTING_ENABLED: 'false',
      GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
      GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
      GF_LOG_MODE: 'console',
      GF_PATHS_DATA: data,
      GF_PATHS_LOGS: `${data}/logs`,
      GF_PATHS_PLUGINS: `${data}/plugins`,
      GF_PATHS_PROVISIONING: `${folder}/provisioning`,
    },
    url: `http://${user}:${password}@127.0.0.1:${port}`,
    settings: {},
  };
}

/** Where its pages lie: beside its program, or where packages put them. */
function homeOf(program: string): string | undefined {
  const beside = path.dirname(path.dirname(realpathSync(program)));
  const places = [beside, path.join(beside, 'share', 'grafana'), '/usr/share/grafana'];
  return places.find((place) => existsSync(path.join(place, 'conf', 'defaults.ini')));
}
