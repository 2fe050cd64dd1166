import type { RunningService, ServerControl } from '../types.js';

/** 16 MiB, as RabbitMQ ships it from 4.0 on (128 before): the lab reads messages whole. */
export const mostMessageBytes = 16 * 2 ** 20;

/** A RabbitMQ that answers: a channel opens. */
export interface RunningRabbitMq extends RunningService {
  readonly admin: RabbitMqAdmin;
  readonly control: ServerControl;
}

/** What AMQP itself cannot do. Each @throws PlanError (exit 4) where the broker refuses. */
export interface RabbitMqAdmin {
  /** The administrator may do everything in it. */
  addVhost(name: string): Promise<void>;
  /** With all that is in it, all who are connected to it, and the users made for it; one that is gone is no problem. */
  deleteVhost(name: string): Promise<void>;
  /**
   * Somebody who may do everything in a vhost and nothing elsewhere; gone with the vhost.
   * @returns false where we may make nobody
   */
  addUser(
    vhost: string,
    user: { readonly name: string; readonly password: string },
  ): Promise<boolean>;
  /**
   * Closes every connection to a vhost as an operator does: CONNECTION_FORCED (320).
   * @returns how many
   */
  cutConnections(vhost: string): Promise<number>;
}
