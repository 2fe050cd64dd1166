import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { packageRoot } from '../../base/package.js';
import { readKept } from '../../register/kept.js';

export const prometheusUid = 'plan-prometheus';
export const jaegerUid = 'plan-jaeger';

/** What of the kept ones it asks, with their passwords: for a file that is closed to others. */
export function sourcesKept(): object[] {
  const prometheus = readKept('prometheus');
  const jaeger = readKept('jaeger');
  return [
    ...(prometheus ? [prometheusSource(prometheus.url)] : []),
    ...(jaeger ? [jaegerSource(jaeger.url)] : []),
  ];
}

/** With the password of its URL, where it has one. */
export function prometheusSource(url: string): object {
  const { protocol, host, username, password } = new URL(url);
  return {
    ...{ name: 'Prometheus', uid: prometheusUid, type: 'prometheus', access: 'proxy' },
    ...{ url: `${protocol}//${host}`, isDefault: true },
    ...(password !== '' && {
      ...{ basicAuth: true, basicAuthUser: username },
      secureJsonData: { basicAuthPassword: password },
    }),
    jsonData: {
      ...{ httpMethod: 'POST', timeInterval: '1s' },
      // From a bucket that is slow to a trace that is in it.
      exemplarTraceIdDestinations: [{ name: 'trace_id', datasourceUid: jaegerUid }],
    },
  };
}

export function jaegerSource(url: string): object {
  return { name: 'Jaeger', uid: jaegerUid, type: 'jaeger', access: 'proxy', url };
}

export const dataSources = (datasources: readonly object[]): string =>
  stringify({ apiVersion: 1, datasources });

export const provider = (folder: string): string =>
  stringify({
    apiVersion: 1,
    providers: [{ name: 'plan', folder: 'plan', type: 'file', options: { path: folder } }],
  });

/** As they lie in the package, by name. */
export function dashboards(): Readonly<Record<string, string>> {
  const folder = path.join(packageRoot, 'fixtures', 'dashboards');
  return Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]),
  );
}
