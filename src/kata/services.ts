/** What a kata may ask for. */
export const serviceNames = ['postgres', 'rabbitmq', 'redis'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** As people know them; the same in every language. */
export const serviceTitles: Readonly<Record<ServiceName, string>> = {
  postgres: 'PostgreSQL',
  rabbitmq: 'RabbitMQ',
  redis: 'Redis',
};
