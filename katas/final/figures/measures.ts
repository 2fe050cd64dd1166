import { percentiles, type Cell, type MemoryPeak, type Text } from '../../../src/kata/index.js';
import { acts, roles } from '../contract.js';
import type { Recovery } from '../story/recovery.js';
import { tookMs, type Story } from '../story.js';

/** Milliseconds to the last word by act; how soon all worked again; what it all held. */
export function measureCells(story: Story): Cell[] {
  return [...timeCells(story), ...recoveryCells(story), ...memoryCells(story)];
}

/** The same, as numbers. */
export function measures(story: Story): Record<string, number> {
  const { recoveries, memory } = story;
  const worst = (after: Recovery['after'], name: string): Record<string, number> => {
    const ms = worstOf(recoveries.filter((one) => one.after === after));
    return ms === undefined ? {} : { [name]: ms };
  };
  return {
    ...Object.fromEntries(
      timesByAct(story).flatMap(({ act, took }) => Object.entries(percentiles(act, took))),
    ),
    ...worst('killed', 'killedMs'),
    ...worst('broker', 'brokerBackMs'),
    ...worst('database', 'databaseBackMs'),
    ...(memory && { memoryMb: megabytes(memory.bytes) }),
  };
}

interface TimesOfAct {
  /** The same of an act in every run, whichever were played. */
  readonly row: string;
  readonly act: string;
  readonly title: Text;
  /** Of each confirmed order, milliseconds from the request. */
  readonly took: readonly number[];
}

function timesByAct({ tales }: Story): TimesOfAct[] {
  return Object.entries(acts).flatMap(([act, { title }], n) => {
    const own = tales.filter(({ expects }) => expects?.act === act);
    const took = own.flatMap((tale) => tookMs(tale, 'OrderConfirmed') ?? []);
    return took.length < 2 ? [] : [{ row: `T${n + 1}`, act, title, took }];
  });
}

function timeCells(story: Story): Cell[] {
  return timesByAct(story).map(({ row, title, took }) => {
    const { ofP50 = '–', ofP95 = '–', ofP99 = '–' } = percentiles('of', took, 0);
    return {
      row,
      title: {
        en: `${title.en}: ms until confirmed`,
        es: `${title.es}: ms hasta confirmar`,
      },
      mark: `p50 ${ofP50}`,
      how: {
        en: `p95 ${ofP95} p99 ${ofP99}, of ${took.length}`,
        es: `p95 ${ofP95} p99 ${ofP99}, de ${took.length}`,
      },
    };
  });
}

const recovered: Readonly<Record<Recovery['after'], Text>> = {
  killed: {
    en: 'ms from kill -9 until it tells something again, at worst',
    es: 'ms desde kill -9 hasta que vuelve a contar algo, como mucho',
  },
  broker: {
    en: 'ms from when the broker is back, at worst',
    es: 'ms desde que vuelve el broker, como mucho',
  },
  database: {
    en: 'ms from when the databases are back, at worst',
    es: 'ms desde que vuelven las bases de datos, como mucho',
  },
};

function recoveryCells({ recoveries }: Story): Cell[] {
  return Object.entries(recovered).flatMap(([after, title], n) => {
    const own = recoveries.filter((one) => one.after === after);
    const worst = worstOf(own);
    if (worst === undefined) return [];
    const told = roles.flatMap((role) => {
      const ms = worstOf(own.filter((one) => one.role === role));
      return ms === undefined ? [] : [`${role} ${ms}`];
    });
    const each = `(${told.join(', ')})`;
    return [{ row: `A${n + 1}`, title, mark: String(worst), how: { en: each, es: each } }];
  });
}

function memoryCells({ memory }: Story): Cell[] {
  if (memory === undefined) return [];
  const title = { en: 'memory at its peak, MB', es: 'memoria en su máximo, MB' };
  const mark = String(megabytes(memory.bytes));
  return [{ row: 'M1', title, mark, how: { en: shares(memory, 'en'), es: shares(memory, 'es') } }];
}

function shares({ lab, programs, services }: MemoryPeak, locale: keyof Text): string {
  const words = {
    en: {
      programs: 'programs',
      services: 'services',
      lab: 'lab',
      unseen: 'services run elsewhere',
    },
    es: {
      ...{ programs: 'programas', services: 'servidores', lab: 'laboratorio' },
      unseen: 'los servidores están en otra parte',
    },
  }[locale];
  const told = [
    services === undefined ? words.unseen : `${words.services} ${megabytes(services)}`,
    `${words.programs} ${megabytes(programs)}`,
    `${words.lab} ${megabytes(lab)}`,
  ];
  return `(${told.join(', ')})`;
}

function worstOf(recoveries: readonly Recovery[]): number | undefined {
  return recoveries.length === 0
    ? undefined
    : Math.round(Math.max(...recoveries.map(({ ms }) => ms)));
}

const megabytes = (bytes: number): number => Math.round(bytes / 1024 ** 2);
