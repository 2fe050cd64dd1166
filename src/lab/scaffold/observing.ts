import path from 'node:path';
import type { Kata } from '../../kata/define.js';
import { rolesOf } from '../../kata/roles.js';
import {
  dashboards,
  dataSources,
  jaegerSource,
  prometheusSource,
  provider,
} from '../../services/grafana/provisioning.js';
import { configuration as jaegerConfiguration } from '../../services/jaeger/config.js';
import { configuration as prometheusConfiguration } from '../../services/prometheus/config.js';
import type { Files } from './lay-down.js';

/** Where the compose file has each of them; the services listen from here on, in the order of the roles. */
const at = { prometheus: '127.0.0.1:9090', page: '127.0.0.1:16686', otlp: '127.0.0.1:4318' };
const firstPort = 3001;
/** What the dashboards call what is no run of the lab's. */
const run = 'by-hand';

/** What a shop that runs by hand is looked at with: the files that `plan observe` gives its own servers. */
export function observingFiles(kata: Kata): Files {
  const inside = { targets: '/etc/prometheus/targets', dashboards: '/etc/grafana/dashboards' };
  const targets = rolesOf(kata).map((role, n) => ({
    targets: [`127.0.0.1:${firstPort + n}`],
    labels: { run, role },
  }));
  const sources = [prometheusSource(`http://${at.prometheus}`), jaegerSource(`http://${at.page}`)];
  const files: [string[], string][] = [
    [['prometheus', 'prometheus.yml'], prometheusConfiguration(inside.targets, { from3: true })],
    [['prometheus', 'targets', 'services.json'], `${JSON.stringify(targets, null, 2)}\n`],
    [['grafana', 'datasources.yml'], dataSources(sources)],
    [['grafana', 'dashboards.yml'], provider(inside.dashboards)],
    ...Object.entries(dashboards()).map(([name, text]): [string[], string] => [
      ['grafana', 'dashboards', name],
      text,
    ]),
    [['jaeger.yml'], jaegerConfiguration({ ...at, grpc: '127.0.0.1:16685' })],
  ];
  return Object.fromEntries(files.map(([names, text]) => [path.join('infra', ...names), text]));
}
