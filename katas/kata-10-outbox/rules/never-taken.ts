import { finding, type Finding, type Text } from '../../../src/kata/index.js';
import type { Story } from '../story.js';

/** Somebody will look at the one that is refused; until then the others are not to suffer from it. */
export function othersGoOn(
  { order, behind, others, heldUp, line }: NonNullable<Story['neverTaken']>,
  { byOrder }: Pick<Story, 'byOrder'>,
): Finding {
  const rule: Text = {
    en: "An event that the broker always refuses holds up its own customer's later ones, and nobody else's.",
    es: 'Un evento que el broker rechaza siempre retiene los siguientes de su cliente, y los de nadie más.',
  };
  const name = 'others-go-on';
  const early = byOrder.has(order) ? undefined : byOrder.get(behind)?.[0];
  if (heldUp.length > 0)
    return finding(name, rule, {
      story: {
        en: `the broker refused one event each time that it came (its customer's name is too long), and took all others: of ${others.length} orders by other customers, ${heldUp.length} had no event five seconds later (history line ${line}): ${heldUp.slice(0, 3).join(', ')} …`,
        es: `el broker rechazó un evento cada vez que llegó (el nombre de su cliente es demasiado largo), y aceptó todos los demás: de ${others.length} pedidos de otros clientes, ${heldUp.length} seguían sin evento cinco segundos después (línea ${line} del historial): ${heldUp.slice(0, 3).join(', ')} …`,
      },
      lines: [line],
    });
  if (early)
    return finding(name, rule, {
      story: {
        en: `the event of ${behind} came (history line ${early.line}), and that of the same customer's order before it, which the broker refused, never did: out of order.`,
        es: `llegó el evento de ${behind} (línea ${early.line} del historial), y el del pedido anterior del mismo cliente, que el broker rechazó, no llegó nunca: fuera de orden.`,
      },
      lines: [early.line, line],
    });
  return finding(name, rule, undefined);
}
