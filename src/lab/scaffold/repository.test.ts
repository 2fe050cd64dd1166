import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { locales, setLocale } from '../../i18n/text.js';
import { findKata } from '../../kata/discover.js';
import {
  dashboards,
  dataSources,
  jaegerSource,
  prometheusSource,
  provider,
} from '../../services/grafana/provisioning.js';
import { grafanaViewer } from '../../services/grafana/capability.js';
import { jaegerViewer } from '../../services/jaeger/capability.js';
import { configuration, parametersFor, usualImage } from '../../services/prometheus/config.js';
import { isHandedIn, layDownRepository, plannedLanguages } from './repository.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'plan-shop-'));
});
afterEach(() => {
  setLocale('en');
  rmSync(folder, { recursive: true });
});

interface Compose {
  readonly services: Readonly<
    Record<
      string,
      {
        readonly image: string;
        readonly command?: readonly string[];
        readonly ports?: readonly string[];
        readonly network_mode?: string;
        readonly volumes?: readonly string[];
        readonly environment?: Readonly<Record<string, string>>;
      }
    >
  >;
}

describe.each(locales)('the repository that is handed in (%s)', (locale) => {
  it('begins as a whole, with no mark of a template left', async () => {
    const made = await layDown(locale);
    expect(made).toEqual(
      expect.arrayContaining(['.env.example', '.gitignore', 'README.md', 'compose.yaml']),
    );
    for (const file of made)
      if (!file.includes('dashboards')) expect(read(file), file).not.toMatch(/{{|undefined/);
    const decisions = readdirSync(path.join(folder, 'docs', 'decisions'));
    expect(decisions.map((name) => name.slice(0, 4))).toEqual(['0001', '0002', '0003', '0004']);
    const first = read(path.join('docs', 'decisions', decisions[0] ?? ''));
    expect(first).toContain('what I measured\n\nand more');
    expect(first).toMatch(/payments +\| go,/);
    expect(read('README.md')).toMatch(/shipping.*_.+_ \|/);
  });

  it('has a compose file that shows nothing outside, and holds no secret', async () => {
    await layDown(locale);
    const { services } = parse(read('compose.yaml')) as Compose;
    expect(Object.keys(services)).toEqual(
      expect.arrayContaining(['postgres', 'rabbitmq', 'prometheus', 'grafana', 'jaeger']),
    );
    for (const [
      name,
      { ports = [], network_mode, volumes = [], environment = {} },
    ] of Object.entries(services)) {
      for (const port of ports) expect(port, name).toMatch(/^127\.0\.0\.1:/);
      if (name !== 'topology') expect(ports.length > 0 || network_mode === 'host').toBe(true);
      for (const [variable, value] of Object.entries(environment))
        if (/PASS/.test(variable)) expect(value).toMatch(/^\${\w+:\?/);
      for (const volume of volumes.filter((one) => one.startsWith('./')))
        expect(() => statOf(volume.split(':')[0] ?? ''), volume).not.toThrow();
    }
    expect(read('compose.yaml')).toContain('--web.listen-address=127.0.0.1:9090');
    expect(services['grafana']?.environment).toMatchObject({ GF_SERVER_HTTP_ADDR: '127.0.0.1' });
    expect(read('.env.example')).not.toMatch(/=./);
    expect(read('.gitignore').split('\n')).toContain('.env');
  });

  it('lets Prometheus find the four services on the ports that the README names', async () => {
    await layDown(locale);
    const file = path.join('infra', 'prometheus', 'targets', 'services.json');
    const found = JSON.parse(read(file)) as { targets: string[]; labels: { role: string } }[];
    expect(found.map(({ labels }) => labels.role)).toEqual([
      ...['orders', 'payments', 'inventory', 'shipping'],
    ]);
    for (const { targets, labels } of found) {
      const port = targets[0]?.split(':')[1] ?? '';
      expect(read('README.md')).toMatch(new RegExp(`^\\| ${labels.role} +\\| ${port} `, 'm'));
    }
  });

  it('has a workflow that installs plan and takes the exam', async () => {
    await layDown(locale);
    const { jobs } = parse(read(path.join('.github', 'workflows', 'exam.yml'))) as {
      jobs: { exam: { 'timeout-minutes': number; steps: { run?: string }[] } };
    };
    const commands = jobs.exam.steps.flatMap(({ run }) => run ?? []);
    expect(commands).toContainEqual(expect.stringMatching(/^npm install .*plan-backend-lab@\d/));
    expect(commands.at(-1)).toBe('plan run final --impl .');
    expect(jobs.exam['timeout-minutes']).toBeGreaterThan(0);
  });
});

it('lets each service hear what the contract says, as in the exam', async () => {
  await layDown('en');
  const { bindings, queues, exchanges } = JSON.parse(
    read(path.join('infra', 'definitions.json')),
  ) as Record<
    'queues' | 'exchanges' | 'bindings',
    { name: string; source: string; destination: string; routing_key: string }[]
  >;
  const heardBy = (role: string): string[] =>
    bindings.flatMap(({ source, destination, routing_key }) =>
      destination === role ? [`${source} ${routing_key}`] : [],
    );
  expect(queues.map(({ name }) => name)).toEqual(['orders', 'payments', 'inventory', 'shipping']);
  expect(exchanges.map(({ name }) => name).sort()).toEqual(['commands', 'events']);
  expect(heardBy('payments').sort()).toEqual([
    'commands AuthorizePayment',
    'commands RefundPayment',
  ]);
  expect(heardBy('orders')).toHaveLength(9);
  expect(heardBy('orders')).toContain('events ParcelBooked');
  expect(heardBy('orders')).not.toContain('events OrderConfirmed');
  expect(bindings).toHaveLength(15);
});

describe('what a shop by hand is looked at with is what plan observe gives its own servers', () => {
  let services: Compose['services'];
  beforeEach(async () => {
    await layDown('en');
    ({ services } = parse(read('compose.yaml')) as Compose);
  });
  const mounted = (name: string): string[] =>
    (services[name]?.volumes ?? []).map((volume) => volume.replace(/:ro$/, ''));
  const infra = (...names: string[]): string => read(path.join('infra', ...names));

  it('Prometheus: configuration and parameters, but for the password', () => {
    const folder = '/etc/prometheus';
    expect(services['prometheus']?.image).toBe(usualImage);
    const parameters = parametersFor({ folder, data: '/prometheus', port: 9090 });
    expect(services['prometheus']?.command).toEqual(
      parameters.filter((one) => !one.startsWith('--web.config.file=')),
    );
    expect(mounted('prometheus')).toContain(`./infra/prometheus:${folder}`);
    const told = configuration(`${folder}/targets`, { from3: true });
    expect(infra('prometheus', 'prometheus.yml')).toBe(told);
  });

  it('Grafana: settings, data sources and dashboards', () => {
    const { folder, data } = { folder: '/etc/grafana', data: '/var/lib/grafana' };
    const { environment } = grafanaViewer.prepare({ folder, data, ports: [3000], password: '' });
    expect(services['grafana']?.image).toBe(grafanaViewer.image.usual);
    const { GF_SECURITY_ADMIN_PASSWORD, ...told } = services['grafana']?.environment ?? {};
    expect(GF_SECURITY_ADMIN_PASSWORD).toMatch(/^\${GRAFANA_PASSWORD:/);
    expect(environment).toMatchObject(told);
    const provisioning = '/etc/grafana/provisioning';
    expect(mounted('grafana')).toEqual([
      `./infra/grafana/datasources.yml:${provisioning}/datasources/plan.yml`,
      `./infra/grafana/dashboards.yml:${provisioning}/dashboards/plan.yml`,
      `./infra/grafana/dashboards:${folder}/dashboards`,
      `grafana:${data}`,
    ]);
    expect(infra('grafana', 'datasources.yml')).toBe(
      dataSources([
        prometheusSource('http://127.0.0.1:9090'),
        jaegerSource('http://127.0.0.1:16686'),
      ]),
    );
    expect(infra('grafana', 'datasources.yml')).not.toMatch(/password/i);
    expect(infra('grafana', 'dashboards.yml')).toBe(provider(`${folder}/dashboards`));
    for (const [name, text] of Object.entries(dashboards()))
      expect(infra('grafana', 'dashboards', name)).toBe(text);
  });

  it('Jaeger: the same pipeline', () => {
    const folder = '/etc/jaeger';
    const ports = [16_686, 16_685, 4_318];
    const own = jaegerViewer.prepare({ folder, data: '', ports, password: '' });
    expect(services['jaeger']?.image).toBe(jaegerViewer.image.usual);
    expect(services['jaeger']?.command).toEqual(own.parameters);
    expect(mounted('jaeger')).toEqual([`./infra/jaeger.yml:${folder}/jaeger.yml`]);
    expect(infra('jaeger.yml')).toBe(own.files['jaeger.yml']);
  });
});

it('overwrites nothing, and brings back what was taken away', async () => {
  await layDown('en');
  writeFileSync(path.join(folder, 'README.md'), 'mine');
  rmSync(path.join(folder, 'compose.yaml'));
  expect(await layDown('en')).toEqual(['compose.yaml']);
  expect(read('README.md')).toBe('mine');
});

it('is laid down of the shop alone, each service in the language that the plan asks for', async () => {
  const shop = await findKata('final');
  expect(isHandedIn(shop)).toBe(true);
  expect(isHandedIn(await findKata('kata-9'))).toBe(false);
  expect(Object.fromEntries(plannedLanguages(shop))).toEqual({
    orders: 'typescript',
    payments: 'go',
    inventory: 'rust',
    shipping: 'python',
  });
});

async function layDown(locale: (typeof locales)[number]): Promise<string[]> {
  setLocale(locale);
  const place = { folder, shown: './shop', mend: 'plan new final ./shop-2' };
  return layDownRepository(place, await findKata('final'), {
    figures: 'what I measured\n\nand more',
    languages: new Map([
      ['orders', 'typescript'],
      ['payments', 'go'],
    ]),
    date: '2026-11-29',
  });
}

const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
const statOf = (name: string): readonly string[] | string =>
  /(schemas|prometheus|dashboards)$/.test(name) ? readdirSync(path.join(folder, name)) : read(name);
