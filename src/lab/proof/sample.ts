import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { LanguageId } from '../../kata/define.js';
import { languageIds, languages } from '../implementation/languages.js';
import type { Twin, Twins } from './twins-file.js';

type Broken = Twin & { readonly wanted: { readonly by: string } };

interface Candidate {
  readonly twin: Twin;
  /** What it has of all that the sample must have. */
  readonly shows: readonly string[];
  /** Processor time, in that of a twin which nothing is built for. */
  readonly cost: number;
}

/** Measured, its build included: one that is interpreted costs a run alone. */
const costs: Readonly<Record<LanguageId, number>> = { node: 1, python: 1, go: 2, java: 3, rust: 4 };

/**
 * As few and as cheap twins as break each rule once (by acts: each that no history breaks), and have
 * each act, each other choice of the options, and each language once; and those that are right and
 * not said to be for the soak, which together have all of that too. Others break the same rule in
 * another way, or in another act, or are said to be for the soak: their kata holds their rule by
 * histories that are made by hand.
 */
export async function sampleOf({
  twins,
  sampledBy,
  byTwins = [],
}: Pick<Twins, 'twins' | 'sampledBy'> & Partial<Twins>): Promise<readonly Twin[]> {
  const broken = twins.filter(isBroken).filter(({ isSoak }) => !isSoak);
  const byRules = cheapestOf(await Promise.all(broken.map(candidate)));
  // Among those, so that what is proved often stays the same whichever way it is sampled.
  const needed = sampledBy === 'rules' ? byRules : cheapestOf(byRules.map(withoutRules(byTwins)));
  const names = new Set(needed.map(({ twin }) => twin.name));
  return twins.filter((twin) =>
    twin.kind === 'right' ? twin.isSoak !== true : names.has(twin.name),
  );
}

/** What is best for its cost, again and again, and then without what later ones made needless. */
function cheapestOf(all: readonly Candidate[]): readonly Candidate[] {
  const missing = new Set(all.flatMap(({ shows }) => shows));
  const worth = ({ shows, cost }: Candidate): number =>
    shows.filter((one) => missing.has(one)).length / cost;
  const taken: Candidate[] = [];
  while (missing.size > 0) {
    const best = all.reduce((one, other) => (worth(other) > worth(one) ? other : one));
    taken.push(best);
    for (const one of best.shows) missing.delete(one);
  }
  return withoutNeedless(taken);
}

function withoutNeedless(taken: readonly Candidate[]): readonly Candidate[] {
  const dearestFirst = [...taken].sort((one, other) => other.cost - one.cost);
  return dearestFirst.reduce((kept: readonly Candidate[], one) => {
    const others = kept.filter((other) => other !== one);
    const shown = new Set(others.flatMap(({ shows }) => shows));
    return one.shows.every((what) => shown.has(what)) ? others : kept;
  }, taken);
}

/** Rules do not count, but for those. */
function withoutRules(but: readonly string[]): (one: Candidate) => Candidate {
  const counts = new Set(but.map(ofRule));
  return (one) => ({
    ...one,
    shows: one.shows.filter((what) => counts.has(what) || !what.startsWith(ofRule(''))),
  });
}

function ofRule(rule: string): string {
  return `rule ${rule}`;
}

async function candidate(twin: Broken): Promise<Candidate> {
  const language = await languageOf(twin.place);
  return {
    twin,
    shows: [ofRule(twin.wanted.by), `in ${language}`, ...choicesIn(twin.options)],
    cost: costs[language],
  };
}

function isBroken(twin: Twin): twin is Broken {
  return twin.kind === 'broken' && 'by' in twin.wanted;
}

/** `--act crash`, `--way http`, …: all but numbers, which change how much and not what. */
function choicesIn(options: readonly string[]): string[] {
  return options.flatMap((word, at) => {
    if (!word.startsWith('--')) return [];
    const value = options[at + 1] ?? '';
    if (value.startsWith('--')) return [word];
    return Number.isNaN(Number(value)) || value === '' ? [`${word} ${value}`.trim()] : [];
  });
}

/** A file is one for Node; of several services, that of the first. */
export async function languageOf(place: string): Promise<LanguageId> {
  const extension = path.extname(place);
  const ofFile = languageIds.find((id) => languages[id].extensions.includes(extension));
  if (ofFile !== undefined) return ofFile;
  for (const folder of [place, ...(await foldersIn(place))])
    for (const id of languageIds)
      if (await languages[id].findEntry(folder).catch(() => undefined)) return id;
  return 'node';
}

async function foldersIn(place: string): Promise<string[]> {
  const entries = await readdir(place, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => path.join(place, name)).sort();
}
