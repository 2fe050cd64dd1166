import { SpanStatusCode, type Span } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

/**
 * The set-up that every service needs once. The exporter and the batches read their own variables
 * (OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_BSP_…); `register` has contexts follow asynchronous work, and
 * reads and writes `traceparent` as W3C has it.
 * @returns what sends the spans that are still in hand: at the end, or the last ones are lost
 */
export function startTracing(): () => Promise<void> {
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      'service.name': process.env['OTEL_SERVICE_NAME'] ?? 'unknown',
    }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  return () => provider.shutdown();
}

/** Ends the span with the work, and marks it where that fails. */
export async function within<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { message } = error instanceof Error ? error : new Error(String(error));
    span.setStatus({ code: SpanStatusCode.ERROR, message });
    span.recordException(error instanceof Error ? error : message);
    throw error;
  } finally {
    span.end();
  }
}
