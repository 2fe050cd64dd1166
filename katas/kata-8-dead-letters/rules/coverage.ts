import { agreeing, counted } from '../../../src/kata/index.js';
import type { BrokerKind, Coverage } from '../../../src/kata/index.js';
import type { Story } from '../story.js';

/** What must have happened: poison, a change of workers in the middle, a restart with work in hand. */
export function coverageOf(story: Story, broker: BrokerKind): Coverage[] {
  const isRestarted = story.restarted?.how !== 'none';
  // What a reader of a stream has in hand stays its own over a restart: nothing comes again.
  const comesAgain = broker === 'rabbitmq';
  return [
    poisonCame(story),
    ...(story.played.has('connection-cut') ? [cutInHand(story), cameAgain(story)] : []),
    ...(story.played.has('worker-killed') ? [killedInHand(story)] : []),
    replaced(story),
    ...(isRestarted ? [inHand(story)] : []),
    ...(isRestarted && comesAgain ? [again(story)] : []),
  ];
}

function poisonCame({ messages }: Story): Coverage {
  const refused = messages.filter(({ kind, calls }) => kind === 'refused' && calls.length > 0);
  return {
    condition: 'poison-came',
    met: refused.length >= 1,
    story: {
      en: `${counted.en(refused.length, 'poison message was', 'poison messages were')} tried (1 is needed)`,
      es: `${agreeing.es(refused.length, 'se intentó', 'se intentaron')} ${counted.es(refused.length, 'mensaje venenoso', 'mensajes venenosos')} (hace falta 1)`,
    },
  };
}

function cutInHand({ cut }: Story): Coverage {
  const count = cut?.inHand.length ?? 0;
  return {
    condition: 'cut-with-work-in-hand',
    met: count >= 1,
    story: {
      en: `the connection was broken with ${count} messages in hand (1 is needed)`,
      es: `se rompió la conexión con ${count} mensajes entre manos (hace falta 1)`,
    },
  };
}

function cameAgain({ cut, messages }: Story): Coverage {
  const ids = new Set(cut?.inHand);
  const count = messages.filter(
    ({ id, deliveries }) => ids.has(id) && deliveries.some(({ line }) => line > (cut?.line ?? 0)),
  ).length;
  return {
    condition: 'redelivered-after-the-cut',
    met: count >= 1,
    story: {
      en: `${count} of the messages in hand came again after the cut (1 is needed)`,
      es: `${count} de los mensajes entre manos volvieron tras el corte (hace falta 1)`,
    },
  };
}

function killedInHand({ killed }: Story): Coverage {
  const count = killed?.inHand.length ?? 0;
  return {
    condition: 'killed-with-work-in-hand',
    met: count >= 1,
    story: {
      en: `the worker was killed with ${count} messages in hand (1 is needed)`,
      es: `se mató al worker con ${count} mensajes entre manos (hace falta 1)`,
    },
  };
}

/** Whoever would still have been handed the third attempt, and made it, was not replaced before it. */
function replaced({ replaced: note, succeededOn, messages }: Story): Coverage {
  const isBySuccessor = messages.some(
    ({ id, calls }) => note?.ids.includes(id) && calls.some(({ line }) => line > succeededOn),
  );
  const count = note?.stillTaking === true && !isBySuccessor ? 0 : (note?.underWay ?? 0);
  return {
    condition: 'replaced-between-attempts',
    met: count >= 1,
    story: {
      en: `the worker was replaced with ${counted.en(count, 'second attempt', 'second attempts')} under way (1 is needed)`,
      es: `se cambió el worker con ${counted.es(count, 'segundo intento', 'segundos intentos')} en marcha (hace falta 1)`,
    },
  };
}

function inHand({ restarted }: Story): Coverage {
  const count = restarted?.held ?? 0;
  return {
    condition: 'restarted-with-work-in-hand',
    met: count >= 1,
    story: {
      en: `the broker was restarted with ${counted.en(count, 'message', 'messages')} in hand (1 is needed)`,
      es: `se reinició el broker con ${counted.es(count, 'mensaje', 'mensajes')} entre manos (hace falta 1)`,
    },
  };
}

function again({ restarted, messages }: Story): Coverage {
  const ids = new Set(restarted?.inHand);
  const count = messages.filter(
    ({ id, deliveries }) => ids.has(id) && deliveries.length > 1,
  ).length;
  return {
    condition: 'redelivered-after-the-restart',
    met: count >= 1,
    story: {
      en: `${count} of the messages in hand came again after the restart (1 is needed)`,
      es: `${count} de los mensajes entre manos volvieron tras el reinicio (hace falta 1)`,
    },
  };
}
