import { stringify } from 'yaml';

/** Where it listens; without a configuration its ports are open to the network. */
interface Places {
  readonly page: string;
  readonly grpc: string;
  readonly otlp: string;
}

export function configuration({ page, grpc, otlp }: Places): string {
  return stringify({
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
  });
}
