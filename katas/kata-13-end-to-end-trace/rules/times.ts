import {
  finding,
  undecided,
  withinTolerance,
  type Finding,
  type Text,
} from '../../../src/kata/index.js';
import { heldMs, httpSeconds, workSeconds } from '../contract.js';
import type { Story } from '../story.js';
import { median, msOf, serverOf } from '../story/times.js';
import { countAbove, sumOf } from './samples.js';

/** So much of what the clients waited, and so many milliseconds, may be on another clock's account. */
const slack = { share: 0.5, ms: 5 };

/** No request takes longer inside than outside: else something is measured in other units, or from elsewhere. */
export function insideIsWithinOutside(story: Story): Finding {
  const name = 'inside-is-within-outside';
  const rule: Text = {
    en: 'Requests take no longer inside the service than outside of it.',
    es: 'Las peticiones no tardan más dentro del servicio que fuera de él.',
  };
  const compared = [bySpans(story, 'crowd'), bySpans(story, 'unknown-paths'), byHistogram(story)]
    .filter((one) => one !== undefined)
    .map((one) => ({ ...one, limit: slack.ms + slack.share * one.outside }));
  const worst = compared.sort((a, b) => excess(b) / b.limit - excess(a) / a.limit)[0];
  if (worst === undefined) return finding(name, rule, undefined);
  const margin = {
    what: { en: 'how much longer they took inside', es: 'cuánto más tardaron dentro' },
    ...{ value: excess(worst), limit: worst.limit, unit: 'ms' },
  };
  return withinTolerance(name, rule, margin, () => ({ story: worst.told, lines: worst.lines }));
}

interface Compared {
  readonly inside: number;
  readonly outside: number;
  readonly told: Text;
  readonly lines: readonly number[];
}

const excess = ({ inside, outside }: Compared): number => Math.max(0, inside - outside);

/** In the crowd each has a connection of its own, in the flood one is used for all of them. */
function bySpans({ placed }: Story, act: string): Compared | undefined {
  const pairs = placed
    .filter((one) => one.act === act)
    .flatMap((one) => {
      const server = serverOf(one);
      return server ? [{ inside: msOf(server), outside: one.tookMs, one }] : [];
    });
  // One may be told late by a busy machine; half of them are not.
  const inside = median(pairs.map((pair) => pair.inside));
  const outside = median(pairs.map((pair) => pair.outside));
  if (inside === undefined || outside === undefined) return undefined;
  return {
    ...{ inside, outside, lines: pairs.slice(0, 3).map(({ one }) => one.line) },
    told: {
      en: `of ${pairs.length} requests (${act}) the median took ${ms(inside)} by its server span, and ${ms(outside)} by the client's clock.`,
      es: `de ${pairs.length} peticiones (${act}), la mediana tardó ${ms(inside)} según su span de servidor, y ${ms(outside)} según el reloj del cliente.`,
    },
  };
}

/** Between the two looks only the orders of the flood have come. */
function byHistogram({ placed, scraped, uncertain }: Story): Compared | undefined {
  const of = (wanted: string) =>
    scraped.find(({ role, when, leftOut }) => role === 'api' && when === wanted && leftOut === 0);
  const [before, after] = [of('before-flood'), of('end')];
  const flood = placed.filter(({ act }) => act === 'unknown-paths');
  if (before === undefined || after === undefined || flood.length === 0 || uncertain > 0)
    return undefined;
  const grown = (what: string): number =>
    sumOf(after.samples, `${httpSeconds}_${what}`, { http_route: '/orders' }) -
    sumOf(before.samples, `${httpSeconds}_${what}`, { http_route: '/orders' });
  // Of a wrong count another rule tells.
  if (grown('count') !== flood.length) return undefined;
  const inside = (grown('sum') * 1000) / flood.length;
  const outside = flood.reduce((all, { tookMs }) => all + tookMs, 0) / flood.length;
  return {
    ...{ inside, outside, lines: [before.line, after.line] },
    told: {
      en: `${flood.length} requests (unknown-paths) took ${ms(inside)} on average by ${httpSeconds}, and ${ms(outside)} by the client's clock.`,
      es: `${flood.length} peticiones (unknown-paths) tardaron ${ms(inside)} de media según ${httpSeconds}, y ${ms(outside)} según el reloj del cliente.`,
    },
  };
}

/** The lab knows how long one statement waited. */
export function slowStatementShows({ placed, held, scraped }: Story): Finding {
  const name = 'the-slow-statement-shows';
  const rule: Text = {
    en: 'A statement that waited shows in its span, and in the histogram of the work.',
    es: 'Una sentencia que esperó se ve en su span, y en el histograma del trabajo.',
  };
  if (held?.met !== true)
    return undecided(name, rule, {
      en: 'no statement came to the lock',
      es: 'ninguna sentencia llegó al bloqueo',
    });
  const one = placed.find(({ order }) => order === held.order);
  const spans = one?.graphs.flatMap((graph) => graph.spans) ?? [];
  const longest = Math.max(
    0,
    ...spans.filter((span) => span.kind === 'client' && span.service === 'worker').map(msOf),
  );
  // It waited longer than the lab saw it wait.
  const least = Math.min(held.ms, heldMs) - slack.ms;
  const page = scraped.findLast(({ role, when }) => role === 'worker' && when === 'end');
  const counted = page === undefined ? undefined : countAbove(page.samples, workSeconds, 0.25);
  const why: Text | undefined =
    longest < least
      ? {
          en: `the longest database span of its graph took ${ms(longest)}`,
          es: `el span de base de datos más largo de su grafo duró ${ms(longest)}`,
        }
      : counted !== undefined && counted < 1
        ? {
            en: `${workSeconds} has nothing above 0.25 s`,
            es: `${workSeconds} no tiene nada por encima de 0,25 s`,
          }
        : undefined;
  return finding(
    name,
    rule,
    why && {
      story: {
        en: `the INSERT of ${held.order} waited ${ms(held.ms)} for a lock (history line ${held.line}), and ${why.en}.`,
        es: `el INSERT de ${held.order} esperó ${ms(held.ms)} un bloqueo (línea ${held.line} del historial), y ${why.es}.`,
      },
      lines: [...(one ? [one.line] : []), held.line],
    },
  );
}

const ms = (value: number): string => `${Math.round(value)} ms`;
