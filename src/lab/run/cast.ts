import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { displayPath } from '../../base/display-path.js';
import { errorCode, exitCodes, PlanError } from '../../base/errors.js';
import { castTexts } from '../../i18n/cast.js';
import { texts } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import type { KataOnDisk } from '../../kata/discover.js';
import { defaultsOf, type OptionValues } from '../../kata/options.js';
import { rolesOf, soleRole } from '../../kata/roles.js';
import type { CaseRecord, ImplementationRecord } from '../../kata/run-record.js';
import { resolveImplementation, type Built, type Implementation } from '../implementation/index.js';
import type { PlannedBy, RunRequest } from './cases.js';
import { recordOf } from './record-of.js';

/** Which implementation plays which role. A kata of one program has a cast of one. */
export type Cast = ReadonlyMap<string, Implementation>;

type Asked = Pick<RunRequest, 'language' | 'languages' | 'own' | 'parts' | 'start' | 'strategy'>;

/**
 * Who plays what: of a system the learner's own where there is a folder for the role, and the
 * reference in every other, so that one service can be written at a time.
 * @throws PlanError (exit 2) `no-role-there`, `no-such-strategy`, and what resolving throws
 */
export async function resolveCast(found: KataOnDisk, asked: Asked, cwd: string): Promise<Cast> {
  const { kata, folder: kataFolder } = found;
  const { language, languages = {}, own, start, parts = {} } = asked;
  if (kata.programs === undefined) {
    // A reference's is the kata's first; the learner's own is found out.
    const chosen = language ?? (own === undefined ? kata.languages[0] : undefined);
    const one = await resolveImplementation({ kataFolder, language: chosen, own, start, cwd });
    return new Map([[soleRole, one]]);
  }
  const places = { ...(own === undefined ? {} : await rolesIn(kata, own, cwd)), ...parts };
  const cast = new Map<string, Implementation>();
  for (const [role, { languages: known }] of Object.entries(kata.programs)) {
    const place = places[role];
    const wanted = languages[role] ?? language;
    const chosen = known.find((one) => one === wanted) ?? known[0];
    const reference = place === undefined ? { role, language: chosen } : { own: place };
    cast.set(role, await resolveImplementation({ kataFolder, cwd, ...reference }));
  }
  requireStrategy(kata, cast, asked);
  return cast;
}

/** What a person's own folder has of a system: one folder a role. */
async function rolesIn(kata: Kata, own: string, cwd: string): Promise<Record<string, string>> {
  const t = texts(castTexts);
  const place = path.resolve(cwd, own);
  const names = await readdir(place).catch((error: unknown) => {
    const what = errorCode(error) === 'ENOENT' ? t.notThere(own) : t.notAFolder(own);
    throw usage('not-there', what, t.rolesMend(rolesOf(kata).join(', ')));
  });
  const isFolder = async (name: string): Promise<boolean> =>
    (await stat(path.join(place, name))).isDirectory();
  const there: Record<string, string> = {};
  for (const role of rolesOf(kata))
    if (names.includes(role) && (await isFolder(role))) there[role] = path.join(own, role);
  if (Object.keys(there).length > 0) return there;
  throw usage('no-role-there', t.noRole(own), t.rolesMend(rolesOf(kata).join(', ')));
}

/** Whom the references are beside plays what they know. */
function requireStrategy(kata: Kata, cast: Cast, { strategy }: Asked): void {
  const isAlone = [...cast.values()].every(({ kind }) => kind === 'own');
  if (isAlone || strategy === undefined || strategy in kata.strategies) return;
  const known = Object.keys(kata.strategies).join(', ');
  const t = texts(castTexts);
  throw usage('no-such-strategy', t.noStrategy(strategy, known), t.noStrategyMend);
}

/** What planning the cases wants to know of it. */
export function plannedBy(kata: Kata, cast: Cast): PlannedBy {
  const all = [...cast.values()];
  const language = [...new Set(all.map((one) => one.language))].join('-');
  const [first] = all;
  if (kata.programs === undefined && first) return { ...first, language };
  const kind = kindOf(all);
  const offered = all.find((one) => one.kind === 'own' && one.strategies)?.strategies;
  if (kind === 'own') return { kind, language, strategies: offered };
  const known = offered?.filter((name) => name in kata.strategies) ?? [];
  return { kind, language, strategies: known.length > 0 ? known : [rightStrategy(kata)] };
}

/** Among neighbours that are to hold: what is played without a word, if it does, else the first that does. */
function rightStrategy({ lesson, options, expect, defaultStrategy }: Kata): string {
  const holds = ({ strategy, ...changes }: Kata['lesson'][number]): boolean => {
    const values = { ...defaultsOf(options), ...changes } as OptionValues;
    return expect(strategy, values).verdict === 'holds';
  };
  const byDefault = { strategy: defaultStrategy };
  return [byDefault, ...lesson].find(holds)?.strategy ?? defaultStrategy;
}

function kindOf(all: readonly Implementation[]): 'own' | 'mixed' | 'reference' {
  const own = all.filter(({ kind }) => kind === 'own').length;
  if (own === 0) return 'reference';
  return own === all.length ? 'own' : 'mixed';
}

/** What run.json says of who played. */
export function recordOfCast(
  cast: Cast,
  built: ReadonlyMap<Implementation, Built>,
  root: string,
): Pick<CaseRecord, 'implementation' | 'cast'> {
  const each = [...cast].map(([role, one]) => {
    const ready = built.get(one);
    if (ready === undefined) throw new Error(`the implementation of ${role} was not built`);
    return [role, recordOf(one, ready, root)] as const;
  });
  const [first] = each;
  if (cast.has(soleRole) && first) return { implementation: first[1] };
  const records = each.map(([, record]) => record);
  const distinct = (values: readonly string[]): string => [...new Set(values)].join(', ');
  const hash = createHash('sha256');
  for (const [role, record] of each) hash.update(`${role} ${record.hash}\n`);
  const implementation: ImplementationRecord = {
    kind: kindOf([...cast.values()]),
    language: distinct(records.map(({ language }) => language)),
    runtime: distinct(records.map(({ runtime }) => runtime)),
    path: displayPath(commonFolder([...cast.values()]), root),
    hash: hash.digest('hex'),
  };
  return { implementation, cast: Object.fromEntries(each) };
}

/** Of the learner's own, or of the references where all are. */
function commonFolder(all: readonly Implementation[]): string {
  const own = all.filter(({ kind }) => kind === 'own');
  const folders = (own.length > 0 ? own : all).map((one) => path.dirname(one.path).split(path.sep));
  const [first = []] = folders;
  const differs = first.findIndex((part, at) => folders.some((other) => other[at] !== part));
  return first.slice(0, differs < 0 ? first.length : differs).join(path.sep) || path.sep;
}

function usage(code: string, what: string, mend: string): PlanError {
  return new PlanError({ code, exit: exitCodes.usage, what, mend });
}
