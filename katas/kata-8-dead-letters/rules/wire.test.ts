import { describe, expect, it } from 'vitest';
import type { Death } from '../../../src/kata/index.js';
import { broken, rightTale, storyOf, Tale } from '../rules.histories.js';

const isPrefetch = ({ invariant }: { readonly invariant: string }): boolean =>
  invariant === 'prefetch-kept';

describe('what the checker of kata 8 sees on the wire', () => {
  it('finds an acknowledgement ahead of the confirm, or without one', () => {
    const ahead = (confirms: boolean, how = 'ack') => {
      const tale = rightTale().publish('x', 'refused').fail('x').fail('x');
      const delivery = tale.deliver('x');
      const copy = tale.call('x', 500).copy('x', 'work.dead');
      tale.settle('x', delivery);
      if (confirms) tale.confirm('x', copy, how);
      return tale.bury('x');
    };
    expect(broken(ahead(true))).toEqual(['confirms-before-ack']);
    expect(broken(ahead(false))).toEqual(['confirms-before-ack']);
    const copyLater = rightTale().publish('x', 'refused').fail('x').fail('x');
    const delivery = copyLater.deliver('x');
    copyLater.call('x', 500).settle('x', delivery);
    copyLater.confirm('x', copyLater.copy('x', 'work.dead')).bury('x');
    expect(broken(copyLater)).toEqual(['confirms-before-ack']);
  });

  it('finds what is acknowledged while the warehouse still has the call for it', () => {
    const tale = rightTale().publish('x', 'good');
    tale.deliver('x');
    tale.ask('x');
    const again = tale.disconnect('x').deliver('x', true);
    tale.settle('x', again).call('x', 201);
    expect(broken(tale)).toEqual(['confirms-before-ack']);
    expect(storyOf(tale, 'confirms-before-ack')).toContain('the warehouse still had the call');
  });

  it('lets the broker count a delivery that crossed with the goodbye of the worker', () => {
    const limit: Death = {
      ...{ queue: 'work', reason: 'delivery_limit', count: 1, exchange: '', keys: ['work'] },
    };
    const tried = (seen: number) => {
      const tale = rightTale().publish('x', 'refused');
      for (let n = 0; n < seen; n += 1) {
        const delivery = tale.deliver('x', n > 0);
        if (n < 2) tale.call('x', 500);
        tale.settle('x', delivery, 'requeue');
      }
      return tale.bury('x', { headers: {}, deaths: [limit] });
    };
    expect(broken(tried(2))).toEqual([]);
    expect(broken(tried(3))).toEqual(['three-attempts']);
  });

  it('lets a second call make it done, whatever became of the first', () => {
    const tale = rightTale().publish('x', 'good');
    tale.deliver('x');
    const first = tale.ask('x');
    const again = tale.disconnect('x').deliver('x', true);
    expect(broken(tale.call('x', 201).settle('x', again).answer('x', first, 201))).toEqual([]);
  });

  it('takes a copy from before for good where a connection had ended with the message in hand', () => {
    const tale = rightTale().publish('x', 'refused').die('x').disconnect('x');
    const twin = tale.deliver('x');
    expect(broken(tale.settle('x', twin))).toEqual([]);
  });

  it('finds the reason of another message, and lets each name its own', () => {
    const told = (reason: string) => {
      const tale = rightTale().publish('x', 'refused').publish('y', 'refused').die('y');
      for (const key of ['work', 'work', 'work.dead']) tale.fail('x', key);
      return tale.bury('x', { headers: { 'x-attempts': 3, 'x-reason': reason } });
    };
    expect(broken(told('422 unknown address (s-y)'))).toEqual(['reason-told']);
    expect(storyOf(told('422 unknown address (s-y)'), 'reason-told')).toContain('said of y');
    expect(broken(told('422 unknown address (s-x)'))).toEqual([]);
    expect(broken(told('Unknown address.'))).toEqual([]);
    expect(broken(told('it failed three times'))).toEqual(['reason-told']);
  });

  it('finds a dead letter that is not persistent', () => {
    const tale = rightTale().publish('x', 'refused');
    for (const key of ['work', 'work', 'work.dead']) tale.fail('x', key);
    expect(broken(tale.bury('x', { persistent: false }))).toEqual(['body-kept']);
  });

  it('finds what a worker that ended had tried and not settled, and nothing that it never tried', () => {
    const stopped = (isTried: boolean) => {
      const tale = new Tale().publish('x', 'good');
      const taken = tale.deliver('x');
      tale.replaced();
      if (isTried) tale.call('x', 201);
      tale.disconnect('x').ended();
      return isTried ? [tale, taken] : [tale.ship('x', true), taken];
    };
    const crossing = new Tale().publish('x', 'refused');
    const second = crossing.fail('x').deliver('x');
    crossing.replaced().call('x', 500).confirm('x', crossing.copy('x', 'work'));
    // The copy had come when it said goodbye: its successor gets it.
    crossing.settle('x', second).deliver('x');
    expect(broken(crossing.disconnect('x').ended().fail('x', 'work.dead').bury('x'))).toEqual([]);
    expect(broken(stopped(true)[0] as Tale)).toEqual(['settled-on-sigterm']);
    expect(broken(stopped(false)[0] as Tale)).toEqual([]);
  });

  it('finds more in hand than there may be, over all connections, each message once', () => {
    const inHand = (names: readonly string[], connections: number) => {
      const tale = rightTale();
      for (const name of names) tale.publish(name, 'good');
      names.forEach((name, n) => tale.deliverOn(7 + (n % connections), name));
      return { tale, found: tale.judge('rabbitmq', 3).findings.find(isPrefetch) };
    };
    expect(inHand(['x', 'y', 'z'], 2).found?.holds).toBe(true);
    const { found } = inHand(['x', 'y', 'z', 'w'], 2);
    expect(found?.holds).toBe(false);
    expect(found?.witness?.story.en).toContain('2 connections at once');
    const again = inHand(['x', 'y', 'z'], 1).tale;
    for (const name of ['x', 'y', 'z']) again.deliverOn(9, name, true);
    expect(again.judge('rabbitmq', 3).findings.find(isPrefetch)?.holds).toBe(true);
  });

  it('sees of a worker on Redis what it asks the warehouse for at once', () => {
    const asking = (count: number) => {
      const tale = new Tale();
      const names = Array.from({ length: count }, (_, n) => `x${n}`);
      for (const name of names) tale.publish(name, 'good').ask(name);
      return tale.judge('redis-streams', 3).findings.find(isPrefetch);
    };
    expect(asking(3)?.holds).toBe(true);
    expect(asking(4)?.holds).toBe(false);
  });

  it('takes no side where both are in one transaction', () => {
    const tale = rightTale().publish('x', 'refused').fail('x').fail('x');
    const delivery = tale.deliver('x');
    tale.call('x', 500).copy('x', 'work.dead');
    expect(broken(tale.settle('x', delivery, 'ack', { transacted: true }).bury('x'))).toEqual([]);
  });
});
