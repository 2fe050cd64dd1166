/** What is to be known of a service without loading anything of it. */
export interface ServiceFacts {
  /** As people know it; the same in every language. */
  readonly title: string;
  /** Names a server of the user's own, and to a program the one of its case. */
  readonly variable: string;
  /** Protocols of its URLs, and their usual ports; `tls` tells those that go through TLS. */
  readonly protocols: Readonly<Record<string, { readonly port: number; readonly tls?: true }>>;
  /** The client that people look into it with, as typed before a URL. */
  readonly client?: readonly string[];
  /** What entries of the register called a place of it before they had a kind for all. */
  readonly formerKind?: string;
  /** It looks at programs, which do not reach it; and is kept only where it is named. */
  readonly watches?: true;
  /** Only people look into it: no kata may ask for it. */
  readonly forPeople?: true;
}

/** All that the lab can start; what each can do is in src/services/capabilities.ts. */
export const services = {
  postgres: {
    title: 'PostgreSQL',
    variable: 'DATABASE_URL',
    protocols: { 'postgresql:': { port: 5432 }, 'postgres:': { port: 5432 } },
    client: ['psql'],
    formerKind: 'database',
  },
  rabbitmq: {
    title: 'RabbitMQ',
    variable: 'AMQP_URL',
    protocols: { 'amqp:': { port: 5672 }, 'amqps:': { port: 5671, tls: true } },
    formerKind: 'vhost',
  },
  redis: {
    title: 'Redis',
    variable: 'REDIS_URL',
    protocols: { 'redis:': { port: 6379 }, 'rediss:': { port: 6379, tls: true } },
    client: ['redis-cli', '-u'],
    formerKind: 'redisdb',
  },
  prometheus: {
    title: 'Prometheus',
    variable: 'PROMETHEUS_URL',
    // What begins with http: may be anything.
    protocols: {},
    watches: true,
  },
  jaeger: {
    title: 'Jaeger',
    variable: 'JAEGER_URL',
    protocols: {},
    watches: true,
    forPeople: true,
  },
  grafana: {
    title: 'Grafana',
    variable: 'GRAFANA_URL',
    protocols: {},
    watches: true,
    forPeople: true,
  },
} as const satisfies Readonly<Record<string, ServiceFacts>>;

export type ServiceName = keyof typeof services;

export const serviceNames = Object.keys(services) as readonly ServiceName[];

/** What a kata may ask for. */
export const servicesOfKatas = serviceNames.filter((name) => factsOf(name)?.forPeople !== true);

/** Undefined for a name that no service has. */
export function factsOf(name: string): ServiceFacts | undefined {
  return Object.hasOwn(services, name) ? services[name as ServiceName] : undefined;
}

export const serviceTitles = Object.fromEntries(
  serviceNames.map((name) => [name, services[name].title]),
) as Readonly<Record<ServiceName, string>>;

/** Whose URLs begin like this: `amqp:` is RabbitMQ's. */
export function byProtocol(
  protocol: string,
): { facts: ServiceFacts; port: number; tls: boolean } | undefined {
  for (const facts of Object.values<ServiceFacts>(services)) {
    const found = facts.protocols[protocol];
    if (found !== undefined) return { facts, port: found.port, tls: found.tls === true };
  }
  return undefined;
}
