import { runTexts } from '../../i18n/run.js';
import type { Locale } from '../../i18n/text.js';
import { print } from './output.js';
import { style } from './style.js';

/** Between two runs: what is waited for. */
export function reportWatching(locale: Locale, place: string): void {
  const t = runTexts[locale];
  const text = process.stdin.isTTY ? t.watchingOnTerminal(place) : t.watching(place);
  print(`\n${style.cyan('◆')} ${text}`);
}

/** Before every run: a line that parts it from the one before. */
export function reportRound(at: Date): void {
  const time = at.toTimeString().slice(0, 8);
  print(style.dim(`\n── ${time} ${'─'.repeat(40)}\n`));
}

/** Asked to go on before there is a reason to. */
export function reportNotYet(locale: Locale): void {
  print(runTexts[locale].notYet);
}

export function reportWatchEnded(locale: Locale): void {
  print(runTexts[locale].watchEnded);
}
