import { finding, type Finding, type Text } from '../../../src/kata/index.js';
import { duties } from '../contract.js';
import type { Story } from '../story.js';

/** Whoever has heard a compensation does its step no more, and has nothing to tell of either. */
export function staysUndone(story: Story): Finding {
  const name = 'stays-undone';
  const rule: Text = {
    en: 'A step that comes once its compensation was heard is not done any more, and nobody tells of it.',
    es: 'Un paso que llega cuando ya se oyó su compensación no se hace, y nadie lo cuenta.',
  };
  for (const { name: step, address, heard } of story.overtaken) {
    if (heard === undefined) continue;
    const role = Object.hasOwn(duties, step) ? duties[step as keyof typeof duties] : undefined;
    const tale = story.tales.find((one) => one.address === address);
    const fact = tale?.messages.find((one) => story.ownerOf(one.name) === role);
    if (!tale || !fact) continue;
    const how = hows[heard];
    return finding(name, rule, {
      story: {
        en: `order ${tale.id} (${address}): ${role} had heard its compensation before ${step} came (${how.en}), and then told ${fact.name} (history line ${fact.line}).`,
        es: `pedido ${tale.id} (${address}): ${role} ya había oído su compensación cuando llegó ${step} (${how.es}), y después contó ${fact.name} (línea ${fact.line} del historial).`,
      },
      lines: [fact.line],
    });
  }
  return finding(name, rule, undefined);
}

const hows: Readonly<Record<'remembered' | 'again', Text>> = {
  remembered: { en: 'its row says so', es: 'su fila lo dice' },
  again: {
    en: 'it had come to it again and again for seconds',
    es: 'le había llegado una y otra vez durante segundos',
  },
};
