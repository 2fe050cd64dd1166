import protobuf from 'protobufjs/light.js';

/**
 * The messages of OTLP that a receiver of spans reads, with the field numbers of
 * opentelemetry-proto 1.x (trace.proto, common.proto, resource.proto, trace_service.proto). What a
 * newer one adds is passed over, as protobuf does.
 */
const messages: Record<
  string,
  Record<string, readonly [id: number, type: string, rule?: 'repeated']>
> = {
  ExportTraceServiceRequest: { resourceSpans: [1, 'ResourceSpans', 'repeated'] },
  ExportTraceServiceResponse: { partialSuccess: [1, 'ExportTracePartialSuccess'] },
  ExportTracePartialSuccess: { rejectedSpans: [1, 'int64'], errorMessage: [2, 'string'] },
  ResourceSpans: { resource: [1, 'Resource'], scopeSpans: [2, 'ScopeSpans', 'repeated'] },
  Resource: { attributes: [1, 'KeyValue', 'repeated'] },
  ScopeSpans: { spans: [2, 'Span', 'repeated'] },
  Span: {
    traceId: [1, 'bytes'],
    spanId: [2, 'bytes'],
    parentSpanId: [4, 'bytes'],
    name: [5, 'string'],
    kind: [6, 'int32'],
    startTimeUnixNano: [7, 'fixed64'],
    endTimeUnixNano: [8, 'fixed64'],
    attributes: [9, 'KeyValue', 'repeated'],
    events: [11, 'Event', 'repeated'],
    links: [13, 'Link', 'repeated'],
    status: [15, 'Status'],
    flags: [16, 'fixed32'],
  },
  Event: {
    timeUnixNano: [1, 'fixed64'],
    name: [2, 'string'],
    attributes: [3, 'KeyValue', 'repeated'],
  },
  Link: { traceId: [1, 'bytes'], spanId: [2, 'bytes'] },
  Status: { message: [2, 'string'], code: [3, 'int32'] },
  KeyValue: { key: [1, 'string'], value: [2, 'AnyValue'] },
  AnyValue: {
    stringValue: [1, 'string'],
    boolValue: [2, 'bool'],
    intValue: [3, 'int64'],
    doubleValue: [4, 'double'],
    arrayValue: [5, 'ArrayValue'],
    kvlistValue: [6, 'KeyValueList'],
    bytesValue: [7, 'bytes'],
  },
  ArrayValue: { values: [1, 'AnyValue', 'repeated'] },
  KeyValueList: { values: [1, 'KeyValue', 'repeated'] },
  // google.rpc.Status: what a refused export is answered with.
  RpcStatus: { code: [1, 'int32'], message: [2, 'string'] },
};

const root = new protobuf.Root();
for (const [name, fields] of Object.entries(messages)) {
  const type = new protobuf.Type(name);
  for (const [field, [id, kind, rule]] of Object.entries(fields))
    type.add(new protobuf.Field(field, id, kind, rule));
  root.add(type);
}

export const exportRequest = root.lookupType('ExportTraceServiceRequest');
export const exportResponse = root.lookupType('ExportTraceServiceResponse');
export const rpcStatus = root.lookupType('RpcStatus');
