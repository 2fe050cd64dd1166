import { finding, type Finding, type Text } from '../../../src/kata/index.js';
import { buckets, httpSeconds, mostNewSeries, processed, workSeconds } from '../contract.js';
import type { Scraped } from '../notes.js';
import type { Story } from '../story.js';
import { borderOf, histogramsIn, labelsKey, sumOf } from './samples.js';

type Page = Story['scraped'][number];

/** Raw counts, against what clients were told and what the broker was. */
export function metricsEqualWhatWasSent(story: Story): Finding {
  const rule: Text = {
    en: 'Counters and histograms have counted what was sent, by route and status.',
    es: 'Contadores e histogramas han contado lo que se envió, por ruta y estado.',
  };
  const { uncertain } = story;
  const [api, worker] = [endOf(story, 'api'), endOf(story, 'worker')];
  const wrong =
    (api && firstWrong(httpCounts(story, api), uncertain)) ??
    (worker && firstWrong(workCounts(story, worker), uncertain));
  return finding(
    'metrics-equal-what-was-sent',
    rule,
    wrong && {
      story: {
        en: `${wrong.series} is ${wrong.counted}, and ${wrong.wanted} ${wrong.what.en} (history line ${wrong.line}).`,
        es: `${wrong.series} vale ${wrong.counted}, y ${wrong.what.es} ${wrong.wanted} (línea ${wrong.line} del historial).`,
      },
      lines: [wrong.line],
    },
  );
}

interface Count {
  readonly series: string;
  readonly counted: number;
  readonly wanted: number;
  readonly what: Text;
  readonly line: number;
}

const firstWrong = (counts: readonly Count[], uncertain: number): Count | undefined =>
  counts.find(({ counted, wanted }) => counted < wanted || counted > wanted + uncertain);

function httpCounts({ placed, strays }: Story, { samples, line }: Page): Count[] {
  const count = `${httpSeconds}_count`;
  const labels = {
    http_request_method: 'POST',
    http_route: '/orders',
    http_response_status_code: '202',
  };
  const before = placed.filter(({ act }) => act !== 'shutdown');
  return [
    {
      series: `${count}{http_route="/orders",http_response_status_code="202"}`,
      counted: sumOf(samples, count, labels),
      wanted: before.length,
      what: { en: 'orders were answered with 202', es: 'pedidos se respondieron con 202:' },
      line,
    },
    ...(strays === 0
      ? []
      : [
          {
            series: `${count}{http_response_status_code="404"}`,
            counted: sumOf(samples, count, { http_response_status_code: '404' }),
            wanted: strays,
            what: {
              en: 'requests were answered with 404',
              es: 'peticiones se respondieron con 404:',
            },
            line,
          },
        ]),
  ];
}

/** The broker knows how often the worker was done with a message, and how often it gave one back. */
function workCounts({ settled, placed }: Story, { samples, line }: Page): Count[] {
  const late = placed.filter(({ act }) => act === 'shutdown').length;
  const done = settled.filter(({ how }) => how === 'ack').length - late;
  const failed = settled.filter(({ how }) => how !== 'ack').length;
  const of = (outcome: string) => sumOf(samples, processed, { outcome });
  return [
    {
      series: `${processed}{outcome="ok"}`,
      ...{ counted: of('ok'), wanted: done, line },
      what: { en: 'messages were acknowledged', es: 'mensajes con ack:' },
    },
    {
      series: `${processed}{outcome="error"}`,
      ...{ counted: of('error'), wanted: failed, line },
      what: { en: 'messages were given back', es: 'mensajes devueltos a la cola:' },
    },
    {
      series: `${workSeconds}_count`,
      counted: sumOf(samples, `${workSeconds}_count`),
      wanted: done + failed,
      what: { en: 'messages were settled', es: 'mensajes con ack o devueltos:' },
      line,
    },
  ];
}

/** As Prometheus' text format has it: cumulative buckets, `+Inf`, seconds. */
export function metricsAreWellFormed(story: Story): Finding {
  const rule: Text = {
    en: 'Metrics are in the text format: seconds, cumulative buckets, the usual borders.',
    es: 'Las métricas siguen el formato de texto: segundos, buckets acumulados, los límites usuales.',
  };
  for (const page of story.scraped.filter(({ when, leftOut }) => when === 'end' && leftOut === 0)) {
    const why =
      malformed(page, page.role === 'api' ? httpSeconds : workSeconds, story.placed.length > 0) ??
      otherUnits(story, page);
    if (why === undefined) continue;
    return finding('metrics-are-well-formed', rule, {
      story: {
        en: `/metrics of ${page.role} (history line ${page.line}): ${why.en}.`,
        es: `/metrics de ${page.role} (línea ${page.line} del historial): ${why.es}.`,
      },
      lines: [page.line],
    });
  }
  return finding('metrics-are-well-formed', rule, undefined);
}

function malformed(page: Page, name: string, isUsed: boolean): Text | undefined {
  const { samples } = page;
  const [line] = page.unreadable;
  if (line !== undefined)
    return { en: `no sample is "${line}"`, es: `"${line}" no es una muestra` };
  const [misplaced] = page.misplaced ?? [];
  if (misplaced !== undefined)
    return {
      en: `"${misplaced}" comes a second time, after its samples, or apart from its metric`,
      es: `"${misplaced}" viene por segunda vez, tras sus muestras, o aparte de su métrica`,
    };
  const histograms = histogramsIn(samples, name);
  if (histograms.length === 0 && isUsed)
    return { en: `there is no histogram ${name}`, es: `no hay histograma ${name}` };
  for (const all of histograms) {
    const sorted = all.toSorted((a, b) => borderOf(a) - borderOf(b));
    const borders = sorted.map(borderOf);
    const missing = [...buckets, Infinity].find((border) => !borders.includes(border));
    if (missing !== undefined)
      return {
        en: `${name} has no bucket le="${shownBorder(missing)}"`,
        es: `${name} no tiene el bucket le="${shownBorder(missing)}"`,
      };
    const falling = sorted.find(({ value }, at) => value < (sorted[at - 1]?.value ?? 0));
    if (falling)
      return {
        en: `${name} is not cumulative: le="${falling.labels['le'] ?? ''}" has less than the one before`,
        es: `${name} no es acumulado: le="${falling.labels['le'] ?? ''}" tiene menos que el anterior`,
      };
    const [first] = sorted;
    const count = samples.find(
      (one) => one.name === `${name}_count` && first && labelsKey(one) === labelsKey(first),
    );
    if (count?.value !== sorted.at(-1)?.value)
      return {
        en: `${name}_count is not its bucket le="+Inf"`,
        es: `${name}_count no es su bucket le="+Inf"`,
      };
  }
  return undefined;
}

const shownBorder = (border: number): string => (border === Infinity ? '+Inf' : String(border));

/** All requests together took no longer inside than outside; a lock that was known was in the work. */
function otherUnits({ placed, held, played }: Story, { role, samples }: Page): Text | undefined {
  if (role === 'api') {
    const sum = sumOf(samples, `${httpSeconds}_sum`, { http_route: '/orders' });
    const outside = placed.reduce((all, { tookMs }) => all + tookMs / 1000, 0);
    // Whoever measures milliseconds is off by a thousand: no need to be exact.
    if (sum <= outside * 2 + 1) return undefined;
    return {
      en: `${httpSeconds}_sum is ${seconds(sum)}, and the clients waited ${seconds(outside)} in all`,
      es: `${httpSeconds}_sum vale ${seconds(sum)}, y los clientes esperaron ${seconds(outside)} en total`,
    };
  }
  const sum = sumOf(samples, `${workSeconds}_sum`);
  if (!played('slow-statement') || held?.met !== true || sum * 1000 >= held.ms - 50)
    return undefined;
  return {
    en: `${workSeconds}_sum is ${seconds(sum)}, and one message alone waited ${Math.round(held.ms)} ms`,
    es: `${workSeconds}_sum vale ${seconds(sum)}, y un solo mensaje esperó ${Math.round(held.ms)} ms`,
  };
}

const seconds = (value: number): string => `${Math.round(value * 1000) / 1000} s`;

/** A label whose values never end brings down whoever keeps the metrics. */
export function labelsAreBounded({ scraped, strays }: Story): Finding {
  const rule: Text = {
    en: 'Unknown paths add no series of their own.',
    es: 'Las rutas desconocidas no añaden series propias.',
  };
  const [before, after] = (['before-flood', 'end'] as const).map((when) =>
    scraped.find((page) => page.role === 'api' && page.when === when),
  );
  const grown = before && after ? seriesOf(after) - seriesOf(before) : 0;
  return finding(
    'labels-are-bounded',
    rule,
    after && before && grown > mostNewSeries
      ? {
          story: {
            en: `${strays} requests for unknown paths added ${grown} series of ${httpSeconds}_count (history lines ${before.line} and ${after.line}).`,
            es: `${strays} peticiones a rutas desconocidas añadieron ${grown} series de ${httpSeconds}_count (líneas ${before.line} y ${after.line} del historial).`,
          },
          lines: [before.line, after.line],
        }
      : undefined,
  );
}

const seriesOf = ({ samples }: Pick<Scraped, 'samples'>): number =>
  samples.filter(({ name }) => name === `${httpSeconds}_count`).length;

/** Undefined also where it is too long for what is said of its counts to be true. */
const endOf = ({ scraped }: Story, role: string): Page | undefined =>
  scraped.findLast((page) => page.role === role && page.when === 'end' && page.leftOut === 0);
