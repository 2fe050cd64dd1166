import { predictTexts } from '../i18n/predict.js';
import { say, texts } from '../i18n/text.js';
import type { Kata } from '../kata/define.js';
import type { RunRecord } from '../kata/run-record.js';
import { localDate, readProgress, updateProgress } from '../plan/progress.js';
import { columns } from '../report/terminal/columns.js';
import { hang } from '../report/terminal/hang.js';
import { isInteractive, print } from '../report/terminal/output.js';
import { style } from '../report/terminal/style.js';
import type { RunOptions } from './run-options.js';

type Asked = Pick<
  RunOptions,
  'ask' | 'json' | 'explain' | 'strategy' | 'own' | 'parts' | 'options' | 'acts'
>;

/**
 * One question before the first lesson, on a terminal only; again where it is asked for.
 * @returns what the learner expects, where they said so
 */
export async function predict(
  kata: Kata,
  root: string | undefined,
  options: Asked,
): Promise<number | undefined> {
  const { predict: prediction } = kata;
  if (!prediction || options.ask === false || !isInteractive() || !isWholeLesson(options))
    return undefined;
  const isFirst = root !== undefined && readProgress(root).katas[kata.id]?.last == null;
  if (!isFirst && options.ask !== true) return undefined;
  const { askNumber } = await import('../report/terminal/questions.js');
  const t = texts(predictTexts);
  // The mark of a question stands before it, the answer behind it.
  const question = `${say(prediction.question)}\n  ${t.enterSkips}`;
  return askNumber(hang(question, columns() - 2), t.notANumber);
}

/** How far off it was, now and in progress.json. */
export async function tellPrediction(
  kata: Kata,
  record: RunRecord,
  { guess, root }: { guess: number | undefined; root: string | undefined },
): Promise<void> {
  const was = guess === undefined ? undefined : cameTo(kata, record);
  if (guess === undefined || was === undefined) return;
  const t = texts(predictTexts);
  print(`\n  ${style.cyan('◆')} ${guess === was ? t.exact(was) : t.off(guess, was)}`);
  if (root === undefined) return;
  const prediction = { guess, was, run: record.folder, date: localDate(new Date()) };
  await updateProgress(root, (progress) => {
    const known = progress.katas[kata.id];
    return { ...progress, katas: { ...progress.katas, [kata.id]: { ...known, prediction } } };
  });
}

/** Where it is worst: of a lesson's cases some cure what others show. */
function cameTo({ predict: prediction }: Kata, { cases }: RunRecord): number | undefined {
  const values = cases.flatMap(({ strategy, figures }) =>
    prediction && strategy === prediction.strategy ? (figures[prediction.figure] ?? []) : [],
  );
  return values.length === 0 ? undefined : Math.max(...values);
}

function isWholeLesson({ json, explain, strategy, own, parts, options, acts }: Asked): boolean {
  const asksForOne = [strategy, own, parts, acts].some((one) => one !== undefined);
  return !json && explain !== true && !asksForOne && Object.keys(options).length === 0;
}
