import { isDeepStrictEqual } from 'node:util';
import { finding, type Delivery, type Finding, type Text } from '../../../src/kata/index.js';
import { work } from '../contract.js';
import type { Story } from '../story.js';

const rule: Text = {
  en: 'What is published on keeps its message_id and its body.',
  es: 'Lo que se vuelve a publicar conserva su message_id y su cuerpo.',
};

/** Whoever looks into work.failed, or takes over the worker, has nothing else to go by. */
export function keepsTheMessage(story: Story): Finding {
  return finding('keeps-the-message', rule, otherBody(story) ?? withoutName(story));
}

function otherBody({ messages }: Story): Finding['witness'] {
  for (const { id, published, failed } of messages)
    for (const { body } of failed) {
      if (body === undefined || isDeepStrictEqual(body, published.asked.body)) continue;
      const [was, is] = [published.asked.body, body].map(shown);
      return {
        story: {
          en: `${id} was published with the body ${was} (history line ${published.invokedOn}) and lies in work.failed with the body ${is}.`,
          es: `${id} se publicó con el cuerpo ${was} (línea ${published.invokedOn} del historial) y está en work.failed con el cuerpo ${is}.`,
        },
        lines: [published.invokedOn],
      };
    }
  return undefined;
}

/** As it came back into the queue that everybody consumes (seen on RabbitMQ). */
function withoutName({ messages, history }: Story): Finding['witness'] {
  const known = new Set(messages.map(({ id }) => id));
  const stranger = history
    .notes<Delivery>('amqp-delivered')
    .find(({ value }) => value.exchange === '' && value.key === work && !known.has(value.id));
  if (!stranger) return undefined;
  const { line, value } = stranger;
  return {
    story: {
      en: `a message came back into work with the message_id "${value.id}", which nobody published (history line ${line}).`,
      es: `volvió a work un mensaje con el message_id "${value.id}", que nadie publicó (línea ${line} del historial).`,
    },
    lines: [line],
  };
}

const shown = (body: unknown): string => JSON.stringify(body).slice(0, 100);
