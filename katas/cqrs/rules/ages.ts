import {
  withinTolerance,
  finding,
  type Finding,
  type Margin,
  type Text,
} from '../../../src/kata/index.js';
import { ageBeforeMs, ageOffMs } from '../contract.js';
import {
  has,
  isIn,
  isShown,
  lacks,
  missedMs,
  plainSince,
  slownessMs,
  tookMs,
  type Read,
  type Span,
  type Story,
} from '../story.js';

/** How far an age is from what it may be, milliseconds, and what it may be. */
interface Off {
  readonly read: Read;
  readonly value: number;
  readonly truth: Text;
  /** So slow was the machine then. */
  readonly resolution: number;
}

/** Whoever is shown what is old is told how old it is: not younger, and not older than the cut. */
export function ageIsTold(story: Story): Finding {
  const rule: Text = {
    en: 'An answer says how old it may be: since when the view no longer knows that it has everything.',
    es: 'Una respuesta dice lo vieja que puede ser: desde cuándo la vista no sabe que lo tiene todo.',
  };
  const all = [...offWhenCut(story), ...offWhileConnected(story)];
  // What is beyond doubt counts most.
  const beyond = ({ value, resolution }: Off): number => value - resolution;
  const worst = all.toSorted((a, b) => beyond(b) - beyond(a))[0];
  if (!worst) return finding('age-is-told', rule, undefined);
  const { read, value, truth, resolution } = worst;
  const margin: Margin = {
    what: { en: 'how far an age was off', es: 'cuánto se equivocó una edad' },
    ...{ value, limit: ageOffMs, unit: 'ms', resolution },
  };
  const { cut, cutWrite: write } = story;
  const isCut = cut !== undefined && read.start >= cut.from;
  const [when, cuando] = isCut
    ? [`cut off since line ${cut.line}`, `aislada desde la línea ${cut.line}`]
    : ['connected to the broker', 'conectada al broker'];
  return withinTolerance('age-is-told', rule, margin, () => ({
    story: {
      en: `${when}, the view answered with ageMs ${read.ageMs}, and it was ${truth.en} (history line ${read.line}).`,
      es: `${cuando}, la vista respondió con ageMs ${read.ageMs}, y era ${truth.es} (línea ${read.line} del historial).`,
    },
    lines: [...(isCut ? [cut.line, ...(write ? [write.line] : [])] : []), read.line],
  }));
}

/** At least as old as the write that it lacks; at most as old as the cut, and a little. */
function offWhenCut(story: Story): Off[] {
  const { cut, cutWrite: write } = story;
  if (!cut) return [];
  const resolution = slownessMs(story);
  return plainSince(story)
    .filter(isShown)
    .map((read) => {
      const least = write && lacks(read, write) ? missedMs(read, write) : 0;
      const most = (read.end - cut.from) / 1000 + ageBeforeMs;
      return { ...offBy(read, least, most), resolution };
    });
}

/** At least as old as the first event that it lacks, which others have heard; and else of now. */
function offWhileConnected(story: Story): Off[] {
  return connected(story).flatMap((span) => {
    const reads = story.reads.filter((read) => isIn(read, span) && read.token === undefined);
    const beside = story.writes.filter((write) => isIn(write, span));
    const ended = [...reads, ...beside].filter(({ end }) => Number.isFinite(end));
    const resolution = Math.max(0, ...ended.map(tookMs));
    return reads
      .filter(isShown)
      .map((read) => ({ ...offBy(read, lackedMs(story, read), ageBeforeMs), resolution }));
  });
}

/** Nothing is in the way of what is told, or the view does not know yet that it has it all. */
function connected(story: Story): Span[] {
  const { cut } = story;
  const cutOff = story.during('cut-off');
  const before = cutOff && cut && { from: cutOff.from, until: cut.from };
  const { behind, cancelled } = story;
  const spans = [story.during('load'), story.during('duplicates'), behind, cancelled, before];
  return spans.filter((span) => span !== undefined);
}

function lackedMs({ told }: Story, read: Read): number {
  if (read.orders === undefined) return 0;
  const ages = [...told.values()]
    .filter(({ customer, id, version }) => customer === read.customer && !has(read, id, version))
    .map(({ at }) => (read.start - at) / 1000);
  return Math.max(0, ...ages);
}

function offBy(read: Read, least: number, most: number): Omit<Off, 'resolution'> {
  const age = read.ageMs ?? 0;
  const isYounger = least - age >= age - most;
  const ms = Math.round(isYounger ? least : most);
  return {
    read,
    value: Math.max(0, isYounger ? least - age : age - most),
    truth: {
      en: isYounger ? `older than ${ms} ms` : `younger than ${ms} ms`,
      es: isYounger ? `más vieja de ${ms} ms` : `más nueva de ${ms} ms`,
    },
  };
}
