import path from 'node:path';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import { exitCodes, PlanError, type ExitCode } from '../base/errors.js';
import { proofTexts } from '../i18n/proof.js';
import { getLocale, texts } from '../i18n/text.js';
import { listKatas } from '../kata/discover.js';
import { providers } from '../kata/run-record.js';
import { isProved, proofParts, proveKatas, type KataProof } from '../lab/proof/index.js';
import { linkTypes } from '../lab/scaffold/index.js';
import { print, printJson } from '../report/terminal/output.js';
import { proofJson, reportProof } from '../report/terminal/proof.js';
import { openKata } from './open-kata.js';
import { oneOf, optionalChoice } from './option-values.js';
import { parseRunOptions } from './run-options.js';
import { inSession } from './session.js';

interface Options {
  readonly json?: boolean;
  readonly only?: string;
  readonly sample?: boolean;
  readonly services?: string;
}

/** `plan dev check [kata…]` and `plan dev link <kata…>`: what authors of katas need. */
export async function dev(
  task: string,
  words: readonly string[],
  options: Options,
): Promise<ExitCode> {
  switch (task) {
    case 'check':
      return check(words, options);
    case 'link':
      return link(words);
    default: {
      const t = texts(proofTexts);
      throw usage('bad-task', t.badTask(task), t.badTaskMend);
    }
  }
}

async function check(
  words: readonly string[],
  { json = false, only, sample = false, services }: Options,
): Promise<ExitCode> {
  const parts =
    only === undefined
      ? proofParts
      : only.split(',').map((part) => oneOf('only', part, proofParts));
  const provider = optionalChoice('services', services, providers);
  const katas = words.length === 0 ? await listKatas() : await Promise.all(words.map(openKata));
  const proofs = await prove(katas, parts, { provider, json, sample });
  if (json) printJson(proofJson(proofs));
  else reportProof(getLocale(), proofs, only === undefined ? undefined : parts);
  return proofs.every(isProved) ? exitCodes.ok : exitCodes.violated;
}

interface Asked {
  readonly provider: (typeof providers)[number] | undefined;
  readonly json: boolean;
  readonly sample: boolean;
}

/** The runs of what is not right are kept, for their logs and histories. */
async function prove(
  katas: Parameters<typeof proveKatas>[0],
  parts: Parameters<typeof proveKatas>[1],
  { provider, json, sample }: Asked,
): Promise<KataProof[]> {
  const t = texts(proofTexts);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plan-proof-'));
  let begun = 0;
  let proofs: KataProof[] = [];
  const around = { command: ['dev', 'check'], root: folder, provider, json, isLong: true };
  try {
    proofs = await inSession(around, (session) =>
      proveKatas(katas, parts, {
        ...session,
        ...{ folder, sample },
        readOptions: parseRunOptions,
        onProof: (kata, name) => {
          begun += 1;
          session.onProgress(t.proving(kata, name, begun));
        },
      }),
    );
    return proofs;
  } finally {
    if (proofs.every(isProved)) await rm(folder, { recursive: true, force: true });
  }
}

async function link(words: readonly string[]): Promise<ExitCode> {
  const t = texts(proofTexts);
  if (words.length === 0) throw usage('needs-kata', t.nothingToLink, 'plan dev link ./my-kata');
  for (const word of words) {
    if (!(await linkTypes(path.resolve(word))))
      throw new PlanError({
        code: 'not-writable',
        exit: exitCodes.environment,
        what: t.notLinked(word),
        mend: t.notLinkedMend,
      });
    print(t.linked(word));
  }
  return exitCodes.ok;
}

function usage(code: string, what: string, mend: string): PlanError {
  return new PlanError({ code, exit: exitCodes.usage, what, mend });
}
