import { describe, expect, it } from 'vitest';
import { Tale, worldOf } from '../rules.histories.js';

const broken = (tale: Tale): string[] =>
  tale
    .judge('exponential')
    .findings.filter(({ holds }) => !holds)
    .map(({ invariant }) => invariant);

describe('the checker of kata 7, on the wire', () => {
  describe('what else passes on the wire', () => {
    const at = { tap: 0, connection: 0, channel: 1 };
    const id = 'random-1';
    const delivered = { ...at, delivery: 1, id, redelivered: false, autoAck: false, headers: {} };
    const came = { ...delivered, exchange: '', key: 'work' };

    it('is a message that came back under no name', () => {
      expect(broken(worldOf().note(101, 'amqp-delivered', came))).toEqual([]);
      const nameless = worldOf().note(101, 'amqp-delivered', { ...came, id: '' });
      expect(broken(nameless)).toEqual(['keeps-the-message']);
      const own = worldOf().note(101, 'amqp-delivered', { ...came, id: '', key: 'work.mine' });
      expect(broken(own)).toEqual([]);
    });

    it('is why a message came back', () => {
      const back = (reason: string) => ({ ...came, headers: { 'x-death': [{ reason }] } });
      expect(broken(worldOf().note(101, 'amqp-delivered', back('expired')))).toEqual([]);
      const full = worldOf().note(101, 'amqp-delivered', back('maxlen'));
      expect(broken(full)).toEqual(['waits-as-told']);
    });

    it('is a worker that does nothing with a message in hand, again and again', () => {
      // All that it does, it does every 400 ms.
      const still = (times: number, confirmedLateMs = 1): Tale => {
        const tale = new Tale();
        for (let n = 0; n < times; n += 1) {
          const from = 10_000 + 400 * n;
          const late = `random-${n}`;
          tale.publish(late, from - 1).note(from - 1, 'amqp-delivered', { ...came, id: late });
          tale.charge(`random-${n - 1}`, from, 1, 201);
        }
        for (let n = 195; n < 200 + 8 * times; n += 1)
          tale.publish(`pulse-${n}`, 50 * n + confirmedLateMs);
        return tale;
      };
      expect(broken(still(8))).toContain('never-stands-still');
      expect(broken(still(4))).not.toContain('never-stands-still');
      expect(broken(still(8, 100))).not.toContain('never-stands-still');
    });

    it('is a delivery that is settled twice', () => {
      const again = worldOf().note(101, 'amqp-settled', { ...at, how: 'ack' });
      expect(broken(again)).toEqual(['settles-once']);
    });

    it('is the first message, long after health, of a worker that consumes later', () => {
      const world = (consumers: number, ms: number, later = 1) =>
        worldOf()
          .note(1, 'consumers', { when: 'healthy', consumers })
          .note(1 + ms, 'amqp-delivered', came)
          .note(9_000, 'consumers', { when: 'end', consumers: later });
      expect(broken(world(0, 2_000))).toEqual(['healthy-once-it-consumes']);
      expect(broken(world(0, 20))).toEqual([]);
      expect(broken(world(1, 2_000))).toEqual([]);
      // It asks for messages one by one, and never is a consumer.
      expect(broken(world(0, 2_000, 0))).toEqual([]);
    });
  });

  it('wants the body in work.failed that was published', () => {
    const lying = (body: object): Tale =>
      worldOf().message('hopeless-99', 10, () => true, {
        giveUp: (n) => [{ body, headers: { 'x-attempts': n } }],
      });
    expect(broken(lying({ id: 'hopeless-99' }))).toEqual([]);
    expect(broken(lying({ id: 'hopeless-99', error: 503 }))).toEqual(['keeps-the-message']);
  });

  it('wants confirms to have been late where they can be held back', () => {
    const missing = worldOf()
      .judge('exponential', 'rabbitmq')
      .coverage.filter(({ met }) => !met);
    expect(missing.map(({ condition }) => condition)).toEqual(['confirms-came-late']);
    const held = worldOf().note(9_500, 'confirms-held', { forMs: 700, reached: true });
    expect(held.judge('exponential', 'rabbitmq').coverage.every(({ met }) => met)).toBe(true);
    const none = { forMs: 700, reached: false, nothingToConfirm: true };
    const inHand = worldOf().note(9_500, 'confirms-held', none);
    expect(inHand.judge('exponential', 'rabbitmq').coverage.every(({ met }) => met)).toBe(true);
  });
});
