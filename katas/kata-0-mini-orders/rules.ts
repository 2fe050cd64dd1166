import { counted } from '../../src/kata/index.js';
import type { CheckResult, Coverage, History, Text } from '../../src/kata/index.js';
import { isCounted } from './contract.js';
import type { Abandoned, Came } from './notes.js';
import { nothingInvented, readsBackAsSent } from './rules/contents.js';
import { readableFromEveryReplica, survivesTheRestart } from './rules/readers.js';
import { readStory, type Story } from './rules/story.js';
import { confirmedUpstream } from './rules/upstream.js';

/** Pure: what clients were told, against what replicas answer and what was seen from outside. */
export function check(history: History): CheckResult {
  const story = readStory(history);
  const called = story.calls.flatMap(({ order }) => (order && isCounted(order) ? order : []));
  return {
    findings: [
      readableFromEveryReplica(story),
      survivesTheRestart(story),
      readsBackAsSent(story),
      confirmedUpstream(story),
      nothingInvented(story),
    ],
    coverage: [
      ...(story.abandoned ? [retried(story.abandoned)] : []),
      acknowledgedBeforeTheRestart(story),
      ...story.came.map(cameAbout),
    ],
    figures: {
      acknowledged: [...story.placed.keys()].filter(isCounted).length,
      rows: story.final.rows.filter(({ id }) => isCounted(id)).length,
      calls: called.length,
      repeatedCalls: called.length - new Set(called).size,
    },
  };
}

/** A program that answers before it calls is asked twice as well, only without a reason. */
function retried({ outcome, order }: Abandoned): Coverage {
  return {
    condition: 'request-retried',
    met: outcome !== 'no-answer',
    story: {
      en: `the client of ${order.id} waits for its order's call upstream, gives up and asks again (came: ${outcome})`,
      es: `el cliente de ${order.id} espera a que su pedido llame al servicio de detrás, se rinde y pide otra vez (pasó: ${outcome})`,
    },
  };
}

function acknowledgedBeforeTheRestart(story: Story): Coverage {
  const { placed, restartLine } = story;
  const early = [...placed.values()].filter(({ line }) => line < restartLine);
  return {
    condition: 'acknowledged-by-both-before-the-restart',
    met: new Set(early.map(({ replica }) => replica)).size === 2,
    story: {
      en: `${counted.en(early.length, 'order was', 'orders were')} acknowledged before the restart (at least one by each replica is needed)`,
      es: `${counted.es(early.length, 'pedido se confirmó', 'pedidos se confirmaron')} antes del reinicio (hace falta al menos uno de cada réplica)`,
    },
  };
}

const conditions: Readonly<Record<Came['condition'], Text>> = {
  'upstream-refused': {
    en: 'calls came to an upstream that refuses them or breaks the connection',
    es: 'llegaron llamadas a un servicio de detrás que las rechaza o corta la conexión',
  },
  'upstream-was-slow': {
    en: 'a call came to an upstream that is slow',
    es: 'llegó una llamada a un servicio de detrás que tarda',
  },
  'asked-meanwhile': {
    en: "a replica was asked while the other one's call upstream was under way",
    es: 'se pidió a una réplica mientras la llamada de la otra al servicio de detrás seguía en curso',
  },
  'in-hand-at-the-restart': {
    en: 'each replica had an order in hand when it ended',
    es: 'cada réplica tenía un pedido entre manos cuando terminó',
  },
};

function cameAbout({ condition, met }: Came): Coverage {
  return { condition, met, story: conditions[condition] };
}
