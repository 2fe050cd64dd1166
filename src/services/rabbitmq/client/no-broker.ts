import type { Broker } from '../../../kata/broker.js';

/** For katas that ask for none: using it is a defect of the kata. */
export function noBroker(kata: string): Broker {
  const refuse = (): never => {
    throw new Error(`${kata} uses a broker, but asks for no rabbitmq`);
  };
  return new Proxy({} as Broker, { get: refuse });
}
