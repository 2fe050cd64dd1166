import type { ServiceName } from '../kata/services.js';
import type { AnyCapability, HandsOf, Place, ServerOf } from './capability.js';

/** The only list of them. Each is loaded where it is asked for, since drivers take their time. */
export const capabilities = {
  postgres: async () => (await import('./postgres/capability.js')).postgres,
  rabbitmq: async () => (await import('./rabbitmq/capability.js')).rabbitmq,
  grafana: async () => (await import('./grafana/capability.js')).grafana,
  jaeger: async () => (await import('./jaeger/capability.js')).jaeger,
  prometheus: async () => (await import('./prometheus/capability.js')).prometheus,
  redis: async () => (await import('./redis/capability.js')).redis,
} as const satisfies Readonly<Record<ServiceName, () => Promise<AnyCapability>>>;

type Of<Name extends ServiceName> = Awaited<ReturnType<(typeof capabilities)[Name]>>;

/** What each service is once it runs. */
export type Running = { [Name in ServiceName]: ServerOf<Of<Name>> };

/** What a case has of its own, and with what the experiment reaches it. */
export type Places = { readonly [Name in ServiceName]?: Place<HandsOf<Of<Name>>> };

/** As the rest of the lab knows it: by name. */
export function capabilityOf(name: ServiceName): Promise<AnyCapability> {
  return capabilities[name]();
}
