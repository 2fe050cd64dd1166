import { randomBytes } from 'node:crypto';
import { adminThrough, doorIsOpen, writeRegistries } from './private/control.js';
import { administrator, controlExpression } from './private/control-program.js';
import { brokerRecord } from './connection.js';
import { ContainerControl } from '../docker/control.js';
import { newestTried } from './versions.js';
import { firstThatAnswers, startDockerService } from '../docker/service.js';
import { freePort } from '../private/port.js';
import type { StartOptions } from '../types.js';
import { mostMessageBytes, type RunningRabbitMq } from './types.js';

const amqp = 5672;
const door = 15_999;

/**
 * RabbitMQ in a container. `PLAN_RABBITMQ_IMAGE` names another image than the official one; it must
 * start RabbitMQ by its own scripts, which take the variables given here.
 * @throws PlanError `no-docker`, `bad-image`, `image-missing`, `container-failed` (exit 4)
 */
export async function startDockerBroker(options: StartOptions): Promise<RunningRabbitMq> {
  const [password, token] = [randomBytes(18).toString('hex'), randomBytes(18).toString('hex')];
  const how = { provider: 'docker', kept: options.keep !== undefined } as const;
  // Chosen here, since after a restart they have to be the same.
  const [outside, outsideDoor] = await Promise.all([freePort(), freePort()]);
  const ask = async (address: string) => {
    const { hostname } = new URL(`tcp://${address}`);
    const own = address.endsWith(`:${amqp}`);
    const control = { host: hostname, port: own ? door : outsideDoor, token };
    if (!(await doorIsOpen(control))) throw new Error('it has not booted yet');
    const url = `amqp://${administrator}:${password}@${address}`;
    return { url, control, record: await brokerRecord(url, how) };
  };
  return startDockerService(
    {
      service: 'rabbitmq',
      variable: 'PLAN_RABBITMQ_IMAGE',
      usual: `rabbitmq:${newestTried}`,
      ports: [
        { inside: amqp, outside },
        { inside: door, outside: outsideDoor },
      ],
      command: [],
      environment: {
        RABBITMQ_DEFAULT_USER: administrator,
        RABBITMQ_DEFAULT_PASS: password,
        RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: `-rabbit max_message_size ${mostMessageBytes} -eval ${controlExpression()}`,
        PLAN_CONTROL_ADDRESS: '0.0.0.0',
        PLAN_CONTROL_PORT: String(door),
        PLAN_CONTROL_TOKEN: token,
      },
      ask: (addresses) => firstThatAnswers(addresses, ask),
    },
    options,
    ({ answer: { url, record, control }, docker, name, engine, life, untilAnswers, stop }) => ({
      record,
      url,
      admin: adminThrough(control),
      control: new ContainerControl({
        name,
        beforeKill: () => writeRegistries(control),
        connect: () => Promise.resolve(docker),
        life,
        untilAnswers: () => untilAnswers(options.signal),
      }),
      died: life.died,
      handle: { kind: 'container', id: name, engine, control },
      stop,
    }),
  );
}
