import { stringify } from 'yaml';
import { viewerCapability } from '../viewer/capability.js';
import { askPage } from '../viewer/page.js';
import type { Making, Prepared, Viewer } from '../viewer/viewer.js';

/** Jaeger 2. It knows no passwords: whoever is on this machine may look, so it keeps only traces. */
export const jaegerViewer: Viewer = {
  ...{ name: 'jaeger', variable: 'JAEGER_URL', programs: ['jaeger'], brew: 'jaeger' },
  image: { variable: 'PLAN_JAEGER_IMAGE', usual: 'jaegertracing/jaeger:2.13.0' },
  // Of queries by gRPC, and of spans.
  otherPorts: 2,
  prepare,
  async versionAt(url) {
    const { status, text } = await askPage(url, '/api/services');
    const { data } = JSON.parse(text) as { data?: unknown };
    if (status !== 200 || data === undefined) throw new Error(`${status} ${text.slice(0, 100)}`);
    return '2';
  },
  refusesUs: () => Promise.resolve(false),
};

export const jaeger = viewerCapability(jaegerViewer);

/** Without a configuration its ports are open to the network. */
function prepare({ folder, ports }: Making): Prepared {
  const [page, grpc, otlp] = ports.map((port) => `127.0.0.1:${port}`) as [string, string, string];
  const configuration = {
    service: {
      extensions: ['jaeger_storage', 'jaeger_query'],
      pipelines: {
        traces: {
          receivers: ['otlp'],
          processors: ['batch'],
          exporters: ['jaeger_storage_exporter'],
        },
      },
      telemetry: { metrics: { level: 'none' }, logs: { level: 'warn' } },
    },
    extensions: {
      jaeger_query: {
        storage: { traces: 'memory' },
        http: { endpoint: page },
        grpc: { endpoint: grpc },
      },
      jaeger_storage: { backends: { memory: { memory: { max_traces: 50_000 } } } },
    },
    receivers: { otlp: { protocols: { http: { endpoint: otlp } } } },
    processors: { batch: {} },
    exporters: { jaeger_storage_exporter: { trace_storage: 'memory' } },
  };
  return {
    files: { 'jaeger.yml': stringify(configuration) },
    parameters: ['--config', `${folder}/jaeger.yml`],
    environment: {},
    url: `http://${page}`,
    settings: { otlp: `http://${otlp}` },
  };
}
