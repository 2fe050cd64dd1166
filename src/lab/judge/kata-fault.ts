import path from 'node:path';
import { displayPath } from '../../base/display-path.js';
import { errorMessage, exitCodes, type ExitCode } from '../../base/errors.js';
import { packageRoot } from '../../base/package.js';
import { outsideKataTexts } from '../../i18n/outside-kata.js';
import { texts } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import { isOfTheLab } from '../../kata/discover.js';

interface KataFault {
  readonly exit: ExitCode;
  readonly what: string;
  readonly mend?: string;
}

/** What a kata's experiment or checker threw: a defect of ours, unless the kata is somebody else's. */
export function kataFault({ id }: Kata, error: unknown): KataFault {
  const what = errorMessage(error);
  if (isOfTheLab(id)) return { exit: exitCodes.defect, what };
  const t = texts(outsideKataTexts);
  const place = placeOf(error);
  const at = place === undefined ? '' : t.at(place);
  return {
    exit: exitCodes.usage,
    what: t.experimentThrew(at, what),
    mend: t.experimentThrewMend,
  };
}

const ours = ['src', 'dist', 'node_modules'].map((name) => path.join(packageRoot, name) + path.sep);

/** `my-kata/kata.ts:12:7`: the first line of an author's own on the way of an error. */
export function placeOf(error: unknown): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frames = stack.matchAll(/(?:\(|at |file:\/\/)(\/[^():\n]+\.ts)(:\d+:\d+)/g);
  for (const [, file = '', place = ''] of frames)
    if (!ours.some((folder) => file.startsWith(folder)))
      return `${displayPath(file, process.cwd())}${place}`;
  return undefined;
}
