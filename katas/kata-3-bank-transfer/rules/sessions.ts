import { finding, lineOf, type Finding, type Text } from '../../../src/kata/index.js';
import type { Story } from '../story.js';

/** Also a refusal ends its transaction: whoever gets that connection next would go on in it. */
export function endsItsTransactions({ leftOpen, byId }: Story): Finding {
  const rule: Text = {
    en: 'No transaction stays open once its request is answered.',
    es: 'Ninguna transacción sigue abierta cuando su petición está respondida.',
  };
  const left = leftOpen.find(({ value }) => value.sessions > 0);
  if (!left) return finding('ends-its-transactions', rule, undefined);
  const { transfer, sessions } = left.value;
  const asked = byId.get(transfer)?.[0];
  const lines = [...(asked ? [lineOf(asked)] : []), left.line];
  return finding('ends-its-transactions', rule, {
    story: {
      en: `${transfer} was answered (history line ${lines[0] ?? left.line}) and nobody else asked, yet ${sessions === 1 ? 'a session of the program' : `${sessions} sessions of the program`} sat idle in an open transaction two seconds later (line ${left.line}).`,
      es: `${transfer} tuvo su respuesta (línea ${lines[0] ?? left.line} del historial) y nadie más pedía nada, y aun así ${sessions === 1 ? 'una sesión del programa estaba parada' : `${sessions} sesiones del programa estaban paradas`} con una transacción abierta dos segundos después (línea ${left.line}).`,
    },
    lines,
  });
}
