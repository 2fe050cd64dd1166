import { explainTexts } from '../i18n/explain.js';
import { texts } from '../i18n/text.js';
import { drawProgress, print } from '../report/terminal/output.js';
import { listenToKeys } from './keys.js';

/** Tells one piece after the other, each at a key: Enter or a blank goes on, q and Esc leave. */
export async function stepThrough(tell: (print: (piece: string) => void) => void): Promise<void> {
  const pieces: string[] = [];
  tell((piece) => pieces.push(piece));
  const [first, ...rest] = pieces;
  if (first !== undefined) print(first);
  let onKey: (key: string) => void = () => undefined;
  const stop = listenToKeys((key) => onKey(key));
  try {
    for (const piece of rest) {
      drawProgress(texts(explainTexts).goOn);
      const key = await new Promise<string>((resolve) => (onKey = resolve));
      drawProgress();
      if (key === 'q' || key === '\u001b') return;
      print(piece);
    }
  } finally {
    stop();
  }
}
