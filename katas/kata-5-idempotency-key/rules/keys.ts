import { finding, lineOf, type Finding, type Text } from '../../../src/kata/index.js';
import { chargeId, isSamePayload, nameOf, statusOf, tell, type Pay, type Story } from '../story.js';

export function keyRequired({ pays }: Story): Finding {
  const rule: Text = {
    en: 'A payment without a key is refused with 400.',
    es: 'Un pago sin clave se rechaza con 400.',
  };
  const wrong = pays.find((pay) => pay.asked.key === null && (statusOf(pay) ?? 400) !== 400);
  if (!wrong) return finding('key-required', rule, undefined);
  const told = tell(wrong);
  return finding('key-required', rule, {
    story: {
      en: `${wrong.asked.client} sent a payment without Idempotency-Key and ${told.en}. Nobody can send it again without paying again.`,
      es: `${wrong.asked.client} envió un pago sin Idempotency-Key y ${told.es}. Nadie puede enviarlo otra vez sin pagar otra vez.`,
    },
    lines: [lineOf(wrong)],
  });
}

/** Its client has mixed up two payments: neither the old answer nor a new charge is right. */
export function otherPayloadRefused({ keys }: Story): Finding {
  const rule: Text = {
    en: 'A key that comes again with another payload is refused with 422.',
    es: 'Una clave que vuelve con otro contenido se rechaza con 422.',
  };
  for (const key of keys.filter(({ scene }) => ['other-payload', 'at-once'].includes(scene))) {
    const about = key.pays[0]?.asked;
    const original = key.pays.find(
      (pay) => statusOf(pay) === 201 && about && isSamePayload(pay.asked, about),
    );
    const wrong = key.pays.find(
      (pay) =>
        original &&
        !isSamePayload(pay.asked, original.asked) &&
        !mayHear(pay, original).includes(statusOf(pay)),
    );
    if (!original || !wrong) continue;
    const name = nameOf(key);
    const [before, after] = [original, wrong].map(
      ({ asked }) => `(${asked.order}, ${asked.amount})`,
    );
    return finding('other-payload-refused', rule, {
      story: {
        en: `${name.en}: the first payment ${before} ${tell(original).en}; another one ${after} with the same key ${tell(wrong).en} instead of 422.`,
        es: `${name.es}: el primer pago ${before} ${tell(original).es}; otro ${after} con la misma clave ${tell(wrong).es} en vez de 422.`,
      },
      lines: [lineOf(original), lineOf(wrong)],
    });
  }
  return finding('other-payload-refused', rule, undefined);
}

/** In progress it is as long as the first one has no answer. */
function mayHear(pay: Pay, original: Pay): (number | undefined)[] {
  return [422, 503, undefined, ...(pay.invokedOn < lineOf(original) ? [409] : [])];
}

/** Clients choose their keys by themselves: two may choose the same one. */
export function clientsApart({ keys }: Story): Finding {
  const rule: Text = {
    en: "Another client's key is another key, also where it reads the same.",
    es: 'La clave de otro cliente es otra clave, aunque se lea igual.',
  };
  const [one, other] = keys.filter(({ scene }) => scene === 'two-clients');
  const first = one?.pays.find((pay) => statusOf(pay) === 201);
  const last = other?.pays.at(-1);
  const status = statusOf(last);
  const isFine =
    !first ||
    !last ||
    status === undefined ||
    status === 503 ||
    (status === 201 && chargeId(last) !== chargeId(first));
  if (isFine) return finding('clients-apart', rule, undefined);
  return finding('clients-apart', rule, {
    story: {
      en: `${first.asked.client} sent key ${one?.key ?? ''} and ${tell(first).en}; then ${last.asked.client} sent a key that reads the same for its own payment, and ${tell(last).en}.`,
      es: `${first.asked.client} envió la clave ${one?.key ?? ''} y ${tell(first).es}; después ${last.asked.client} envió una clave que se lee igual para su propio pago, y ${tell(last).es}.`,
    },
    lines: [lineOf(first), lineOf(last)],
  });
}

export function expiredKeyIsNew({ pays }: Story): Finding {
  const rule: Text = {
    en: 'A key that has expired is a new one: the same payment is charged again.',
    es: 'Una clave que ha caducado es una nueva: el mismo pago se cobra otra vez.',
  };
  const mine = pays.filter(({ asked }) => asked.scene === 'expired');
  const before = mine.find(({ asked }) => asked.life === 1);
  // What it hears when it comes once more is the matter of same-answer.
  const after = mine.find(({ asked }) => asked.life === 2);
  const status = statusOf(after);
  const isFine =
    !before ||
    statusOf(before) !== 201 ||
    !after ||
    status === undefined ||
    status === 503 ||
    (status === 201 && chargeId(after) !== chargeId(before));
  if (isFine) return finding('expired-key-is-new', rule, undefined);
  return finding('expired-key-is-new', rule, {
    story: {
      en: `key ${before.asked.key ?? ''} ${tell(before).en}; it came again after PLAN_KEY_TTL_MS had passed, and ${tell(after).en} instead of being charged anew.`,
      es: `la clave ${before.asked.key ?? ''} ${tell(before).es}; volvió cuando ya había pasado PLAN_KEY_TTL_MS, y ${tell(after).es} en vez de cobrarse de nuevo.`,
    },
    lines: [lineOf(before), lineOf(after)],
  });
}
