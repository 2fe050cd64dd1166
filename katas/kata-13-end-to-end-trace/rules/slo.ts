import {
  finding,
  undecided,
  violated,
  type Coverage,
  type Finding,
  type Text,
} from '../../../src/kata/index.js';
import { isBad, isBadForCertain, limit, shareAt, windows, type SloStory } from '../story/slo.js';

/** Looks and evaluations come five times a second; a busy machine leaves some out. */
const lagMs = 2_000;
/** Between two looks; the short window has two of them at least then. */
const longestGapMs = 450;
/** So far from the limit both clocks agree on which side a share lies. */
const margin = 0.3;
const stepMs = 100;

/** What Prometheus has counted is what clients were answered, and in time is in time. */
export function sliAgrees(slo: SloStory): Finding {
  const rule: Text = {
    en: 'The share of good orders by PromQL is the one that clients saw.',
    es: 'La proporción de pedidos buenos según PromQL es la que vieron los clientes.',
  };
  const { before, after, asked, uncertain, line } = slo;
  const [all, good] = [after.all - before.all, after.good - before.good];
  const least = asked.filter((one) => !isBad(one)).length;
  const most = asked.length + uncertain - asked.filter(isBadForCertain(slo)).length;
  const isWrong =
    all < asked.length || all > asked.length + uncertain || good < least || good > most;
  return finding(
    'the-sli-agrees',
    rule,
    isWrong
      ? {
          story: {
            en: `by the counters ${good} of ${all} orders were good (history line ${line}); clients saw ${asked.length} answered, ${least} to ${most} of them good.`,
            es: `según los contadores, ${good} de ${all} pedidos fueron buenos (línea ${line} del historial); los clientes vieron ${asked.length} respondidos, de ${least} a ${most} buenos.`,
          },
          lines: [line],
        }
      : undefined,
  );
}

/** Somebody is called while what clients see has burnt far too much for seconds. */
export function outagePages(slo: SloStory): Finding {
  const name = 'an-outage-pages';
  const rule: Text = {
    en: 'An outage that burns the budget calls somebody, while it lasts.',
    es: 'Una caída que gasta el presupuesto avisa a alguien mientras dura.',
  };
  const due = dueFrom(slo);
  if (due === undefined)
    return undecided(name, rule, {
      en: 'the outage was not long enough for clients',
      es: 'la caída no duró bastante para los clientes',
    });
  if (slo.firing.some((at) => at >= slo.outage.from && at <= slo.outage.until + lagMs))
    return finding(name, rule, undefined);
  const { line, outage } = slo;
  const share = Math.round(100 * shareAt(slo, due, isBadForCertain(slo)));
  return violated(
    name,
    rule,
    {
      en: `for ${outage.until - outage.from} ms the broker confirmed late; ${share} % of the orders in the window were bad for clients (${Math.round(100 * limit)} % call somebody), and the page never fired (history line ${line}).`,
      es: `durante ${outage.until - outage.from} ms los publisher confirms del broker llegaron tarde; el ${share} % de los pedidos de la ventana fueron malos para los clientes (con el ${Math.round(100 * limit)} % se avisa), y la alerta nunca saltó (línea ${line} del historial).`,
    },
    [line],
  );
}

/** Nobody is called for what is over before it matters. */
export function spikePagesNobody(slo: SloStory): Finding {
  const name = 'a-spike-pages-nobody';
  const rule: Text = {
    en: 'A short spike calls nobody.',
    es: 'Un pico breve no avisa a nadie.',
  };
  const { firing, outage, line } = slo;
  const early = firing.find((at) => at < outage.from);
  const isCalm = highestBefore(slo, outage.from) < limit * (1 - margin);
  if (early !== undefined && !isCalm)
    return undecided(name, rule, {
      en: 'clients saw more late orders than the spike, which a busy machine brings about',
      es: 'los clientes vieron más pedidos tardíos que los del pico, cosa de una máquina ocupada',
    });
  return finding(
    name,
    rule,
    early === undefined
      ? undefined
      : {
          story: {
            en: `the page fired ${Math.round(early - slo.from)} ms after the load began, before the outage (history line ${line}); of the orders in its window clients saw ${Math.round(100 * highestBefore(slo, early))} % bad.`,
            es: `la alerta saltó ${Math.round(early - slo.from)} ms tras empezar la carga, antes de la caída (línea ${line} del historial); de los pedidos de su ventana los clientes vieron malos el ${Math.round(100 * highestBefore(slo, early))} %.`,
          },
          lines: [line],
        },
  );
}

export function sloCoverage(slo: SloStory | undefined): Coverage[] {
  const gap = slo ? longestGap(slo) : Infinity;
  const looked = slo?.isSeen === true && gap <= longestGapMs;
  const lasted = slo !== undefined && dueFrom(slo) !== undefined;
  const spike = slo ? highestBefore(slo, slo.outage.from) : 0;
  const short = slo !== undefined && spike > 0 && spike < limit * (1 - margin);
  const told = Number.isFinite(gap) ? `${Math.round(gap)} ms` : '–';
  return [
    {
      condition: 'prometheus-looked',
      met: looked,
      story: slo
        ? {
            en: `Prometheus looked at the edge with pauses of ${told} at most (${longestGapMs} ms are needed)`,
            es: `Prometheus miró la entrada con pausas de ${told} como mucho (hacen falta ${longestGapMs} ms)`,
          }
        : {
            en: 'Prometheus was not asked: the act is played with --slo on',
            es: 'no se preguntó a Prometheus: el acto se ejecuta con --slo on',
          },
    },
    {
      condition: 'the-outage-lasted',
      met: lasted,
      story: lasted
        ? {
            en: 'clients saw the outage for longer than the page needs',
            es: 'los clientes vieron la caída más tiempo del que necesita la alerta',
          }
        : {
            en: 'clients did not see the outage long enough',
            es: 'los clientes no vieron la caída bastante tiempo',
          },
    },
    {
      condition: 'the-spike-was-short',
      met: short,
      story: {
        en: `before the outage ${Math.round(100 * spike)} % of the orders in the window were bad at most (above 0, below ${Math.round(100 * limit * (1 - margin))} %)`,
        es: `antes de la caída fueron malos como mucho el ${Math.round(100 * spike)} % de los pedidos de la ventana (más de 0, menos de ${Math.round(100 * limit * (1 - margin))} %)`,
      },
    },
  ];
}

/** The moment from which on, for as long as looks may take, clients saw far too much. */
function dueFrom(slo: SloStory): number | undefined {
  const is = isBadForCertain(slo);
  let since: number | undefined;
  for (let at = slo.outage.from; at <= slo.outage.until; at += stepMs) {
    if (shareAt(slo, at, is) < limit * (1 + margin)) since = undefined;
    else since ??= at;
    if (since !== undefined && at - since >= lagMs / 2) return at;
  }
  return undefined;
}

/** The largest share of bad orders that clients saw; from when on the window says something. */
function highestBefore(slo: SloStory, until: number): number {
  let highest = 0;
  for (let at = slo.from + windows.longMs / 3; at <= until; at += stepMs)
    highest = Math.max(highest, shareOfLong(slo, at));
  return highest;
}

/** Of the long window alone: the short one is full of the spike, and says nothing of how long it was. */
function shareOfLong({ asked, from }: SloStory, at: number): number {
  const within = asked.filter(
    ({ answered }) => answered > Math.max(from, at - windows.longMs) && answered <= at,
  );
  return within.length === 0 ? 0 : within.filter(isBad).length / within.length;
}

function longestGap({ looks, from, until }: SloStory): number {
  const within = [from, ...looks.filter((at) => at > from && at < until), until];
  return Math.max(...within.slice(1).map((at, n) => at - (within[n] ?? at)));
}
