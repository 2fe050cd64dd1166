import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Death } from '../../src/kata/index.js';
import type { Kind } from './contract.js';
import { broken, rightTale, storyOf, Tale } from './rules.histories.js';

const limit: Death = {
  ...{ queue: 'work', reason: 'delivery_limit', count: 1, exchange: '' },
  keys: ['work'],
};

describe('the checker of kata 8', () => {
  it('passes a right worker, with all that has to happen', () => {
    const { findings, coverage, figures } = rightTale().judge();
    expect(findings.filter(({ holds }) => !holds)).toEqual([]);
    expect(coverage.filter(({ met }) => !met)).toEqual([]);
    const counts = { good: 4, poison: 3, dead: 3, lost: 0, attempts: 3, loopRate: 0 };
    expect(figures).toEqual(counts);
  });

  it.each([
    ['two attempts', 2],
    ['four attempts', 4],
  ])('finds %s', (_, tries) => {
    const tale = rightTale().publish('x', 'refused').die('x', 'refused', tries);
    expect(broken(tale)).toEqual(['three-attempts']);
    expect(storyOf(tale, 'three-attempts')).toContain('message x (always refused) was tried');
  });

  it('finds one that was given up before the attempt that works', () => {
    const tale = rightTale().publish('x', 'late').die('x', 'late', 2);
    expect(broken(tale)).toEqual(['only-poison-dead', 'three-attempts']);
  });

  it('finds a loop, what it holds up, and how fast it turns', () => {
    const tale = new Tale().publish('x', 'refused').publish('g', 'good');
    for (let n = 0; n < 20; n += 1) {
      const delivery = tale.deliver('x', n > 0);
      tale.call('x', 500).settle('x', delivery, 'requeue');
    }
    tale.leave('x').leave('g');
    expect(broken(tale)).toEqual([
      ...['poison-in-dlq-once', 'three-attempts', 'others-move-on', 'finishes'],
    ]);
    expect(tale.judge().figures['loopRate']).toBeGreaterThan(1000);
  });

  it('finds what was dropped, and tells of the last word', () => {
    const tale = rightTale().publish('x', 'refused').publish('y', 'late');
    for (const name of ['x', 'y']) {
      const delivery = tale.deliver(name);
      tale.call(name, 500).settle(name, delivery, 'discard');
    }
    expect(broken(tale)).toEqual(['poison-in-dlq-once', 'three-attempts', 'none-lost']);
    expect(storyOf(tale, 'none-lost')).toContain('rejected it with requeue=false');
    expect(tale.judge().figures['lost']).toBe(2);
  });

  it('finds dead letters that the restart took', () => {
    const tale = rightTale().publish('x', 'refused').fail('x').fail('x').fail('x', 'work.dead');
    tale.restarted([]);
    expect(broken(tale)).toEqual(['poison-in-dlq-once', 'none-lost']);
    expect(storyOf(tale, 'poison-in-dlq-once')).toContain('not once');
  });

  it('finds a second dead letter, unless a connection had ended with the message in hand', () => {
    const twice = rightTale().publish('x', 'refused').die('x').bury('x');
    expect(broken(twice)).toEqual(['poison-in-dlq-once']);
    const excused = rightTale().publish('x', 'refused').die('x').bury('x').disconnect('x');
    expect(broken(excused)).toEqual([]);
  });

  it('excuses the attempts of a message that came again without being asked for', () => {
    const tale = rightTale().publish('x', 'refused').die('x');
    tale.deliver('x', true);
    expect(broken(tale.call('x', 500))).toEqual([]);
  });

  it('takes a second copy that the broker made itself for its own, once it was killed', () => {
    const byBroker = () => {
      const tale = rightTale().publish('x', 'refused');
      for (const redelivered of [false, true, true]) {
        const delivery = tale.deliver('x', redelivered);
        tale.call('x', 500).settle('x', delivery, 'requeue');
      }
      const letter = { headers: {}, deaths: [limit] };
      return tale.bury('x', letter).bury('x', letter);
    };
    expect(broken(byBroker())).toEqual([]);
    const alone = new Tale().publish('x', 'refused').die('x').restarted([], 'none');
    expect(broken(alone.bury('x', { deaths: [limit] }))).toEqual(['poison-in-dlq-once']);
  });

  it('excuses what a broker may forget as it is killed, and nothing that came long before', () => {
    const killedAfter = (ms: number) => {
      const tale = rightTale().publish('x', 'refused').die('x').later(ms).kill();
      // The copy that had waited, once more: nobody had it in hand.
      return tale.fail('x', 'work.dead').bury('x');
    };
    expect(broken(killedAfter(600))).toEqual([]);
    expect(broken(killedAfter(5_000))).toEqual(['poison-in-dlq-once', 'three-attempts']);
  });

  it('finds a good one that was done twice, unless it was in hand at the restart', () => {
    expect(broken(rightTale().publish('x', 'good').ship('x').ship('x'))).toEqual([
      'good-done-once',
    ]);
    const cut = rightTale().publish('x', 'good').ship('x').disconnect('x').ship('x', true);
    expect(broken(cut)).toEqual([]);
  });

  it.each([
    ['no reason', { 'x-attempts': 3 }],
    ['an empty reason', { 'x-attempts': 3, 'x-reason': ' ' }],
    ['no count', { 'x-reason': 'why' }],
    ['a wrong count', { 'x-attempts': 2, 'x-reason': 'why' }],
  ])('finds a dead letter with %s', (_, headers) => {
    const tale = rightTale().publish('x', 'refused');
    for (const key of ['work', 'work', 'work.dead']) tale.fail('x', key);
    expect(broken(tale.bury('x', { headers }))).toEqual(['reason-told']);
  });

  it('takes the word of a broker that counts, and of headers that are text', () => {
    const byBroker = rightTale().publish('x', 'refused');
    for (const redelivered of [false, true, true]) {
      const delivery = byBroker.deliver('x', redelivered);
      byBroker.call('x', 500).settle('x', delivery, 'requeue');
    }
    expect(broken(byBroker.bury('x', { headers: {}, deaths: [limit] }))).toEqual([]);
    const asText = rightTale().publish('x', 'refused');
    for (const key of ['work', 'work', 'work.dead']) asText.fail('x', key);
    const headers = { 'x-attempts': '3', 'x-reason': 'unknown address' };
    expect(broken(asText.bury('x', { headers }))).toEqual([]);
  });

  it('finds a body that was changed, and a dead letter under another name', () => {
    const wrapped = rightTale().publish('x', 'refused');
    for (const key of ['work', 'work', 'work.dead']) wrapped.fail('x', key);
    expect(broken(wrapped.bury('x', { body: { original: {} } }))).toEqual(['body-kept']);
    const reordered = rightTale().publish('x', 'refused').die('x', 'refused');
    const other = { body: { id: 's-x', address: 'a' }, rawBody: '{"id": "s-x", "address": "a"}' };
    expect(broken(reordered.bury('x', other).disconnect('x'))).toEqual(['body-kept']);
    const renamed = rightTale().bury('nobody', { body: {} });
    expect(broken(renamed)).toEqual(['body-kept']);
  });

  it('finds calls for what nobody ordered, and for what has no id', () => {
    const stray = rightTale().callOf('POST', '/shipments', '{"id":"s-else"}');
    expect(broken(stray)).toEqual(['calls-as-asked']);
    expect(broken(rightTale().callOf('GET', '/health', ''))).toEqual(['calls-as-asked']);
    expect(broken(rightTale().callOf('POST', '/shipments', '{}'))).toEqual(['calls-as-asked']);
  });

  it('finds a delivery that is settled twice, and what is left in the queue', () => {
    expect(broken(rightTale().settle('g', undefined))).toEqual(['settles-once']);
    expect(broken(rightTale().publish('x', 'good').leave('x'))).toEqual(['finishes']);
  });

  it('takes no side where the broker confirmed nothing', () => {
    expect(broken(rightTale().publish('x', 'refused', 'unknown'))).toEqual([]);
    expect(broken(rightTale().publish('x', 'good', 'unknown'))).toEqual([]);
  });

  it.each([
    ['poison-came', new Tale().publish('g', 'good').ship('g').replaced()],
    ['replaced-between-attempts', new Tale().publish('r', 'refused').die('r').replaced(0)],
    ['restarted-with-work-in-hand', new Tale().publish('r', 'refused').die('r').restarted([])],
    ['cut-with-work-in-hand', new Tale().publish('r', 'refused').die('r').cut()],
    ['redelivered-after-the-cut', new Tale().publish('h', 'good').ship('h').cut('h')],
    ['replaced-between-attempts', new Tale().publish('r', 'refused').die('r').replaced(1, true)],
    ['redelivered-after-the-restart', new Tale().publish('h', 'good').ship('h').restarted(['h'])],
  ])('proves nothing without %s', (condition, tale) => {
    const missing = tale.judge().coverage.filter(({ met }) => !met);
    expect(missing.map((one) => one.condition)).toContain(condition);
  });

  it('asks for no redelivery of a stream, whose reader keeps what it had in hand', () => {
    const tale = new Tale().publish('r', 'refused').die('r').replaced().killed('h');
    tale.publish('h', 'good').restarted(['h']).call('h', 201);
    const { coverage, findings } = tale.judge('redis-streams');
    expect(coverage.filter(({ met }) => !met)).toEqual([]);
    expect(findings.filter(({ holds }) => !holds)).toEqual([]);
  });

  it('asks for no redelivery where the broker stayed up', () => {
    const tale = new Tale().publish('h', 'good').publish('r', 'refused').die('r').replaced();
    tale.deliver('h');
    tale.cut('h').ship('h', true);
    expect(
      tale
        .restarted([], 'none')
        .judge()
        .coverage.every(({ met }) => met),
    ).toBe(true);
  });

  it('passes right workers in whatever order things come, and finds each one dropped', () => {
    const kinds = fc.constantFrom<Kind>('good', 'late', 'stubborn', 'refused', 'unreadable');
    const asked = fc.array(fc.record({ kind: kinds, cut: fc.boolean(), drop: fc.boolean() }));
    fc.assert(
      fc.property(asked, (messages) => {
        const tale = rightTale();
        messages.forEach(({ kind }, n) => tale.publish(`m${n}`, kind));
        messages.forEach(({ kind, cut, drop }, n) => {
          const name = `m${n}`;
          if (drop) return tale.settle(name, tale.deliver(name), 'discard');
          if (cut) tale.disconnect(name).deliver(name);
          if (kind === 'late') tale.fail(name).fail(name);
          return kind === 'good' || kind === 'late' ? tale.ship(name) : tale.die(name, kind);
        });
        const found = broken(tale);
        const isLost = messages.some(({ drop }) => drop);
        expect(found.includes('none-lost')).toBe(isLost);
        if (!isLost) expect(found).toEqual([]);
      }),
    );
  });
});
