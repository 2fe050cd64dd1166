import { viewerCapability } from '../viewer/capability.js';
import { askPage } from '../viewer/page.js';
import { configuration } from './config.js';
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

function prepare({ folder, ports }: Making): Prepared {
  const [page, grpc, otlp] = ports.map((port) => `127.0.0.1:${port}`) as [string, string, string];
  return {
    files: { 'jaeger.yml': configuration({ page, grpc, otlp }) },
    parameters: ['--config', `${folder}/jaeger.yml`],
    environment: {},
    url: `http://${page}`,
    settings: { otlp: `http://${otlp}` },
  };
}
