import { describe, expect, it } from 'vitest';
import { scenes, type Scene } from './contract.js';
import {
  about,
  broken,
  dear,
  dearer,
  done,
  judge,
  later,
  rightTale,
  row,
  theirs,
  told,
  witnessOf,
  type Step,
  type Tale,
} from './rules.histories.js';

/** The steps of a scene, to be changed. */
function stepsOf(tale: Tale, scene: Scene): Step[] {
  return tale.steps.filter(({ asked }) => asked.scene === scene);
}

describe('the checker of kata 5', () => {
  it('finds nothing wrong with a right program', () => {
    const result = judge(rightTale());
    expect(result.findings.filter((one) => !one.holds)).toEqual([]);
    expect(result.findings).toHaveLength(10);
    expect(result.coverage.filter(({ met }) => !met)).toEqual([]);
    expect(result.figures).toEqual({ charges: 18, chargedTwice: 0, differing: 0, conflicts: 1 });
  });

  it('names the answer that was lost, the one that came, and both charges', () => {
    const tale = rightTale();
    const { asked } = stepsOf(tale, 'response-lost')[0] as Step;
    tale.charges.push({ ...row(done(asked)), id: 'id-first' });
    expect(broken(tale)).toEqual(['one-charge-a-key']);
    const witness = witnessOf(tale, 'one-charge-a-key');
    // Four requests at once and a note take lines 1 to 9, each other request two lines.
    expect(witness?.lines).toEqual([35, 37]);
    expect(witness?.story.en).toBe(
      'key k-response-lost of c-1 (the answer was lost) was charged 2 times: rows id-o-response-lost-c-1, id-first of charges. Its client got no answer (history line 35) and got 201 with charge id-o-response-lost-c-1 (history line 37). Keys like it: 1 of 18.',
    );
    expect(witness?.story.es).toContain('se cobró 2 veces');
  });

  it('counts lines from where the case begins in the file', () => {
    const tale = rightTale();
    tale.charges.push({ ...row(done(about('slow'))), id: 'other' });
    const found = judge(tale, 101).findings.find((one) => !one.holds);
    expect(found?.witness?.lines.every((line) => line > 100)).toBe(true);
  });

  it.each<[string, (tale: Tale) => void, string[]]>([
    [
      'a race: two of the requests at once charged',
      (tale) => {
        const other = done(about('at-once'), 'id-other');
        tale.atOnce[1] = other;
        tale.charges.push(row(other));
      },
      ['one-charge-a-key', 'same-answer'],
    ],
    [
      'a 201 without a charge',
      (tale) => {
        tale.charges = tale.charges.filter(({ order }) => order !== 'o-crash-before-charge');
      },
      ['acknowledged-equals-rows'],
    ],
    [
      'a receipt of another payment',
      (tale) => {
        for (const step of stepsOf(tale, 'slow'))
          step.body = { ...(step.body as object), amount: 9_900 };
      },
      ['acknowledged-equals-rows'],
    ],
    [
      'a 201 before the charge could be made',
      (tale) => {
        tale.early = 1;
      },
      ['charged-when-acknowledged'],
    ],
    [
      'a charge of another amount',
      (tale) => {
        tale.charges = tale.charges.map((one) =>
          one.order === 'o-slow' ? { ...one, amount: 1 } : one,
        );
      },
      ['acknowledged-equals-rows'],
    ],
    [
      'a charge that nobody asked for',
      (tale) => void tale.charges.push({ id: 'x', client: 'c-9', order: 'o-9', amount: 1 }),
      ['acknowledged-equals-rows'],
    ],
    [
      'a charge for a decline',
      (tale) => void tale.charges.push({ ...row(done(about('declined'))), id: 'x' }),
      ['acknowledged-equals-rows'],
    ],
    [
      'another status at the retry',
      (tale) => {
        const [, retry] = stepsOf(tale, 'declined');
        Object.assign(retry as Step, done(about('declined')));
        tale.charges.push(row(done(about('declined'))));
      },
      ['same-answer'],
    ],
    [
      '200 at the retry of a 201',
      (tale) => {
        const [, retry] = stepsOf(tale, 'slow');
        (retry as Step).status = 200;
      },
      ['same-answer'],
    ],
    [
      'another body at the retry',
      (tale) => {
        const [, retry] = stepsOf(tale, 'slow');
        (retry as Step).body = { ...((retry as Step).body as object), replayed: true };
      },
      ['same-answer'],
    ],
    [
      'a conflict once there was an answer',
      (tale) => {
        const last = stepsOf(tale, 'other-payload')[2] as Step;
        Object.assign(last, told(last.asked, 409));
      },
      ['same-answer', 'retry-is-answered'],
    ],
    [
      'a key that stays in progress after a crash',
      (tale) => {
        const last = stepsOf(tale, 'crash-after-charge')[2] as Step;
        Object.assign(last, told(last.asked, 409));
      },
      ['retry-is-answered'],
    ],
    [
      'a failure that is stored',
      (tale) => {
        const last = stepsOf(tale, 'session-lost')[1] as Step;
        Object.assign(last, told(last.asked, 500));
        tale.charges = tale.charges.filter(({ order }) => order !== 'o-session-lost');
      },
      ['refused-is-not-stored'],
    ],
    [
      'a refusal that is stored',
      (tale) => {
        const last = stepsOf(tale, 'invalid')[1] as Step;
        Object.assign(last, told(last.asked, 400));
        tale.charges = tale.charges.filter(({ order }) => order !== 'o-invalid');
      },
      ['refused-is-not-stored'],
    ],
    [
      'another payload that gets the stored answer',
      (tale) => {
        const other = stepsOf(tale, 'other-payload')[1] as Step;
        Object.assign(other, { ...done(about('other-payload')), asked: dear });
      },
      ['acknowledged-equals-rows', 'other-payload-refused'],
    ],
    [
      'another payload that is charged as well',
      (tale) => {
        const other = stepsOf(tale, 'other-payload')[1] as Step;
        Object.assign(other, done(dear, 'id-dear'));
        tale.charges.push(row(other));
      },
      ['one-charge-a-key', 'other-payload-refused'],
    ],
    [
      "another client's answer",
      (tale) => {
        const other = stepsOf(tale, 'two-clients')[1] as Step;
        Object.assign(other, { ...done(about('two-clients')), asked: theirs });
        tale.charges = tale.charges.filter(({ client }) => client !== 'c-2');
      },
      ['acknowledged-equals-rows', 'clients-apart'],
    ],
    [
      'another client who is refused',
      (tale) => {
        const other = stepsOf(tale, 'two-clients')[1] as Step;
        Object.assign(other, told(theirs, 422));
        tale.charges = tale.charges.filter(({ client }) => client !== 'c-2');
      },
      ['clients-apart'],
    ],
    [
      'another payload that is told what the first one is told, while it is under way',
      (tale) => {
        Object.assign(tale.atOnce.at(-1) as Step, { ...done(about('at-once')), asked: dearer });
      },
      ['acknowledged-equals-rows', 'other-payload-refused'],
    ],
    [
      'a retry that is told of the charge of another key for its order',
      (tale) => {
        const again = stepsOf(tale, 'instalments')[2] as Step;
        Object.assign(again, done(again.asked, 'id-two'));
      },
      ['same-answer'],
    ],
    [
      'an order that was charged more often than it has keys',
      (tale) => {
        const [first] = stepsOf(tale, 'instalments');
        tale.charges.push({ ...row(first as Step), id: 'id-three' });
      },
      ['one-charge-a-key'],
    ],
    [
      'an expired key that is remembered',
      (tale) => {
        const again = stepsOf(tale, 'expired')[1] as Step;
        Object.assign(again, { ...done(about('expired')), asked: later });
        tale.charges = tale.charges.filter(({ id }) => id !== 'id-later');
      },
      ['expired-key-is-new'],
    ],
    [
      'a payment without a key',
      (tale) => {
        const keyless = stepsOf(tale, 'no-key')[0] as Step;
        Object.assign(keyless, done(keyless.asked));
        tale.charges.push(row(keyless));
      },
      ['key-required'],
    ],
  ])('finds %s', (_, change, invariants) => {
    const tale = rightTale();
    change(tale);
    expect(broken(tale)).toEqual(invariants);
  });

  it.each(
    Object.keys(scenes).filter((scene) => /lost|slow|crash|^at-once|gave-up|expired/.test(scene)),
  )('is inconclusive where %s did not happen', (scene) => {
    const tale = rightTale();
    tale.missed = [scene as Scene];
    expect(judge(tale).coverage.filter(({ met }) => !met)).toMatchObject([{ condition: scene }]);
  });

  it('says nothing of a key that came again too late for anybody to tell', () => {
    const tale = rightTale();
    const [first] = stepsOf(tale, 'expired') as [Step];
    const again = done(first.asked, 'id-again');
    tale.steps.push(again);
    tale.charges.push(row(again));
    expect(broken(tale)).toEqual(['one-charge-a-key', 'same-answer']);
    const { key, order } = first.asked;
    expect(broken({ ...tale, unclear: { key: key ?? '', order } })).toEqual([]);
  });

  it('finds a failure that is remembered until the program starts anew', () => {
    const tale = rightTale();
    const [failed] = stepsOf(tale, 'session-lost') as [Step];
    const stillOpen = { after: failed, asked: failed.asked };
    expect(broken(tale)).toEqual([]);
    expect(broken({ ...tale, stillOpen })).toEqual(['refused-is-not-stored']);
  });

  it('wants requests that overlap', () => {
    const tale = rightTale();
    tale.atOnce = [];
    const missing = judge(tale).coverage.filter(({ met }) => !met);
    expect(missing).toMatchObject([{ condition: 'requests-overlapped' }]);
  });

  it('takes no side where no answer came at all', () => {
    const silent = rightTale();
    for (const step of [...silent.steps, ...silent.atOnce]) delete step.status;
    expect(broken(silent)).toEqual([]);
    expect(broken({ ...silent, charges: [] })).toEqual([]);
  });
});
