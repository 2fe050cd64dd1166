import type { Text } from '../../../i18n/text.js';
import { counted } from '../../../i18n/words.js';
import { finding, type Finding } from '../../findings.js';
import { standing, type SagaStory, type SagaTale } from './tale.js';
import { crashOf, linesOf, pathOf, tellingMost } from './words.js';

export function effectOnce(story: SagaStory): Finding {
  const rule: Text = {
    en: 'Each step and each compensation of an order takes effect once at most.',
    es: 'Cada paso y cada compensación de un pedido tiene efecto una vez como mucho.',
  };
  const one = tellingMost(story.tales.filter((tale) => twiceIn(tale) !== undefined));
  if (!one) return finding('effect-once', rule, undefined);
  const twice = twiceIn(one);
  const path = pathOf(one);
  return finding('effect-once', rule, {
    story: {
      en: `order ${one.id} was ${twice?.what.en ?? ''} ${counted.en(twice?.times ?? 0, 'time', 'times')}.${crashOf(one).en} ${path.en}.`,
      es: `el pedido ${one.id} ${twice?.what.es ?? ''} ${counted.es(twice?.times ?? 0, 'vez', 'veces')}.${crashOf(one).es} ${path.es}.`,
    },
    lines: linesOf(one, story),
  });
}

function twiceIn({ holdings }: SagaTale): { times: number; what: Text } | undefined {
  return holdings
    .flatMap(({ done, undone, words }) => [
      { times: done, what: words.done },
      { times: undone, what: words.undone },
    ])
    .find(({ times }) => times > 1);
}

/** @param name and rule say which steps a confirmed order has: `confirmed-has-both` */
export function confirmedHasAll(name: string, rule: Text, story: SagaStory): Finding {
  const lacks = ({ row, holdings }: SagaTale): boolean =>
    row?.status === 'CONFIRMED' && holdings.some((one) => standing(one) < 1);
  const one = tellingMost(story.tales.filter(lacks));
  if (!one) return finding(name, rule, undefined);
  const missing = one.holdings.filter((of) => standing(of) < 1).map(({ role }) => role);
  const path = pathOf(one);
  return finding(name, rule, {
    story: {
      en: `order ${one.id} is CONFIRMED, and nothing of it stands in ${missing.join(', ')}.${crashOf(one).en} ${path.en}.`,
      es: `el pedido ${one.id} está CONFIRMED, y nada suyo sigue en pie en ${missing.join(', ')}.${crashOf(one).es} ${path.es}.`,
    },
    lines: linesOf(one, story),
  });
}

/** @param rule says what a rejected order keeps nothing of */
export function rejectedKeepsNothing(rule: Text, story: SagaStory): Finding {
  const name = 'rejected-keeps-nothing';
  const keeps = ({ row, holdings }: SagaTale): boolean =>
    row?.status === 'REJECTED' && holdings.some((of) => standing(of) > 0);
  const wrong = story.tales.filter(keeps);
  const one = tellingMost(wrong);
  if (!one) return finding(name, rule, undefined);
  const who = one.holdings.filter((of) => standing(of) > 0).map(({ role }) => role);
  const [list, path, reason] = [who.join(', '), pathOf(one), one.row?.reason ?? '?'];
  return finding(name, rule, {
    story: {
      en: `${counted.en(wrong.length, 'rejected order was', 'rejected orders were')} never undone. Order ${one.id} is REJECTED (${reason}), and this stays as it was: ${list}.${crashOf(one).en} ${path.en}.`,
      es: `${counted.es(wrong.length, 'pedido rechazado nunca se deshizo', 'pedidos rechazados nunca se deshicieron')}. El pedido ${one.id} está REJECTED (${reason}), y esto sigue como estaba: ${list}.${crashOf(one).es} ${path.es}.`,
    },
    lines: linesOf(one, story),
  });
}
