import { describe, expect, it } from 'vitest';
import type { HistoryWriter } from '../../../test/support/history.js';
import { holds, violated, type Finding } from '../findings.js';
import { interleavingOf } from './index.js';
import {
  insert,
  purchase,
  requests,
  selectStock,
  updateStock,
  WireWriter,
} from './interleaving.histories.js';

const rule = { en: 'r', es: 'r' };
const broke = (...lines: number[]): Finding[] => [violated('no-overselling', rule, rule, lines)];
const held = [holds('no-overselling', rule)];

const picture = (writer: HistoryWriter, wire: WireWriter, findings = broke(1, 2)) =>
  interleavingOf(writer.history(), wire.events, { findings });
const drawn = (given: ReturnType<typeof picture>) =>
  given?.steps.flatMap((step) =>
    step.kind === 'ran' ? [`${step.lane} ${step.text.split(' ')[0]}`] : [],
  );

describe('two buyers who read the same', () => {
  const both = (): WireWriter => {
    const wire = new WireWriter();
    const first = purchase(wire, 7, 'b-1', 1_000);
    // Its write waits for the other's COMMIT.
    purchase(wire, 9, 'b-2', 1_100, { writesAt: 1_400, endsAt: 1_900 });
    wire.waits([1_420, 1_450], 9, 7);
    wire.look([1_510, 1_520], [first], 1);
    return wire;
  };

  it('are known by their values, and drawn in the order of what they did', () => {
    const given = picture(requests('b-1', 'b-2', 'b-3'), both());
    expect(given).toMatchObject({ about: 'witness', invariant: 'no-overselling' });
    expect(given?.lanes).toEqual([
      {
        name: 'b-1',
        kind: 'request',
        what: 'purchase',
        sessions: [7],
        tie: { by: 'value', value: 'b-1' },
      },
      {
        name: 'b-2',
        kind: 'request',
        what: 'purchase',
        sessions: [9],
        tie: { by: 'value', value: 'b-2' },
      },
    ]);
    expect(drawn(given)).toEqual([
      ...['0 BEGIN', '0 SELECT', '1 BEGIN', '1 SELECT', '0 UPDATE', '1 UPDATE'],
      ...['0 INSERT', '0 COMMIT', '1 INSERT', '1 COMMIT'],
    ]);
  });

  it('show who waited for whom, and what others saw then', () => {
    const steps = picture(requests('b-1', 'b-2'), both())?.steps;
    expect(steps).toContainEqual(
      expect.objectContaining({ kind: 'waited', lane: 1, forLanes: [0], forSessions: [] }),
    );
    expect(steps).toContainEqual(
      expect.objectContaining({ kind: 'seen', lane: 0, from: 1_510, isSure: true }),
    );
  });

  it('show that one wrote what it had read before the other committed', () => {
    const moment = picture(requests('b-1', 'b-2'), both())?.moment;
    expect(moment).toMatchObject({ kind: 'stale-write', lane: 1, table: 'stock', isSure: true });
  });

  it('may have an order that nobody can tell, unless one was seen waiting', () => {
    const wire = new WireWriter();
    purchase(wire, 7, 'b-1', 1_000);
    purchase(wire, 9, 'b-2', 1_100, { writesAt: 1_350, endsAt: 1_900 });
    const unsure = (given: ReturnType<typeof picture>) =>
      given?.steps.flatMap((step) =>
        step.kind === 'ran' && step.unsureWith.length > 0 ? [step.text] : [],
      );
    expect(unsure(picture(requests('b-1', 'b-2'), wire))).toEqual([
      updateStock,
      updateStock,
      'COMMIT',
    ]);
    wire.waits([1_360, 1_380], 9, 7);
    expect(unsure(picture(requests('b-1', 'b-2'), wire))).toEqual([]);
  });

  it('may owe it to a third, who wrote over what one had committed', () => {
    const wire = new WireWriter();
    purchase(wire, 5, 'b-3', 950, { writesAt: 1_600, endsAt: 1_800 });
    purchase(wire, 7, 'b-1', 1_000);
    purchase(wire, 9, 'b-2', 2_000);
    const moment = picture(requests('b-1', 'b-2', 'b-3'), wire)?.moment;
    expect(moment).toMatchObject({ kind: 'stale-write', lane: 0, third: { name: 'b-3' } });
  });
});

describe('statements that are sent together', () => {
  /** The writes of both go out with their COMMIT, without waiting in between. */
  const both = (): WireWriter => {
    const wire = new WireWriter();
    const one = (session: number, buyer: string, [from, to]: readonly [number, number]) =>
      wire.transaction(session, [
        [[from - 20, from - 15], 'BEGIN'],
        [[from, to], updateStock, { parameters: ['sku-1', '0'], count: 1 }],
        [[from, to], insert, { parameters: ['sku-1', buyer], count: 1 }],
        [[from, to], 'COMMIT'],
      ]);
    one(7, 'b-1', [1_000, 1_500]);
    one(9, 'b-2', [1_100, 1_600]);
    wire.waits([1_200, 1_300], 9, 7);
    return wire;
  };

  it('wait once, and which of them nobody says', () => {
    const steps = picture(requests('b-1', 'b-2'), both())?.steps ?? [];
    const waits = steps.filter(({ kind }) => kind === 'waited');
    expect(waits).toMatchObject([{ lane: 1, n: 5, among: [5, 6, 7], forLanes: [0] }]);
  });

  it('have no certain order with those of the other, but for the last', () => {
    const steps = picture(requests('b-1', 'b-2'), both())?.steps ?? [];
    const unsure = steps.flatMap((step) =>
      step.kind === 'ran' && step.lane === 1 && step.unsureWith.length > 0 ? [step.text] : [],
    );
    expect(unsure).toEqual([updateStock, insert]);
  });
});

describe('whose a transaction is', () => {
  it('is told by the data of COPY and by a comment', () => {
    const wire = new WireWriter();
    const copy = 'COPY purchases (sku, buyer) FROM STDIN';
    wire.transaction(1, [[[100, 110], copy, { count: 1, copied: 'sku-1, b-1' }]]);
    wire.transaction(2, [[[120, 130], `${updateStock} /* b-2 */`, { count: 1 }]]);
    expect(picture(requests('b-1', 'b-2'), wire)?.lanes).toMatchObject([
      { name: 'b-1', tie: { by: 'value', value: 'b-1' } },
      { name: 'b-2', tie: { by: 'value', value: 'b-2' } },
    ]);
  });

  it('is left open where it may be of either, and each is told so', () => {
    const wire = new WireWriter();
    wire.transaction(1, [[[100, 110], updateStock, { parameters: ['sku-1', '0'], count: 1 }]]);
    wire.transaction(1, [[[120, 130], insert, { parameters: ['sku-1', 'b-1'], count: 1 }]]);
    expect(picture(requests('b-1', 'b-2'), wire)?.lanes).toMatchObject([
      { name: 'b-2', tie: { by: 'no-statements' }, maybe: 1 },
      { name: 'b-1', tie: { by: 'value' }, maybe: 1 },
    ]);
  });

  it('is not guessed where no value tells', () => {
    const wire = new WireWriter();
    const read = (session: number, at: number): number =>
      wire.transaction(session, [
        [[at, at + 10], updateStock, { parameters: ['sku-1', '3'], count: 1 }],
      ]);
    read(1, 1_000);
    read(2, 1_005);
    const given = picture(requests('b-1', 'b-2', 'b-3'), wire, held);
    expect(given?.lanes).toMatchObject([
      {
        name: '1',
        kind: 'session',
        tie: { by: 'nothing', candidates: 3, among: ['b-1', 'b-2', 'b-3'] },
      },
      { name: '2', kind: 'session' },
    ]);
  });

  it('is of the only request under way', () => {
    const wire = new WireWriter();
    wire.transaction(1, [[[500, 510], updateStock, { parameters: ['7', '3'], count: 1 }]]);
    const given = picture(requests('b-1'), wire, broke(1));
    expect(given?.lanes).toMatchObject([{ name: 'b-1', tie: { by: 'time' } }]);
  });

  it('is not told where its values point at two', () => {
    const wire = new WireWriter();
    wire.transaction(1, [[[500, 510], insert, { parameters: ['b-1', 'b-2'], count: 1 }]]);
    const given = picture(requests('b-1', 'b-2', 'b-3'), wire, held);
    expect(given?.lanes.map(({ tie }) => tie)).toEqual([
      { by: 'no-statements' },
      { by: 'no-statements' },
    ]);
    expect(given?.rest.untied).toBe(1);
  });

  it('is not of a request that had ended before it began', () => {
    const wire = new WireWriter();
    purchase(wire, 1, 'b-1', 2_000_000);
    expect(picture(requests('b-1', 'b-2'), wire)?.lanes[0]?.tie).toEqual({ by: 'no-statements' });
  });
});

describe('why it held', () => {
  const sku = { parameters: ['sku-1'], rows: [['1']], columns: ['quantity'], count: 1 };

  it('was a refusal of the server', () => {
    const wire = new WireWriter();
    purchase(wire, 7, 'b-1', 1_000);
    wire.transaction(9, [
      [[1_100, 1_110], 'BEGIN'],
      [[1_120, 1_130], selectStock, sku],
      [[1_350, 1_600], updateStock, { error: { code: '40001', message: 'could not serialize' } }],
      [[1_610, 1_620], 'ROLLBACK'],
    ]);
    const given = picture(requests('b-1', 'b-2'), wire, held);
    expect(given).toMatchObject({
      about: 'held',
      held: { kind: 'refused', lane: 1, code: '40001' },
    });
    expect(given?.lanes[1]).toMatchObject({
      kind: 'session',
      tie: { by: 'nothing', candidates: 2 },
    });
    expect(given?.moment).toBeUndefined();
  });

  it('was a wait for the other', () => {
    const wire = new WireWriter();
    const locked = `${selectStock} FOR UPDATE`;
    const one = (session: number, buyer: string, at: number, got: number) => {
      wire.transaction(session, [
        [[at, at + 5], 'BEGIN'],
        [[at + 10, got], locked, sku],
        [[got + 10, got + 20], updateStock, { parameters: ['sku-1', '0'], count: 1 }],
        [[got + 30, got + 40], insert, { parameters: ['sku-1', buyer], count: 1 }],
        [[got + 50, got + 60], 'COMMIT'],
      ]);
    };
    one(1, 'b-1', 1_000, 1_020);
    one(2, 'b-2', 1_005, 1_100);
    wire.waits([1_030, 1_040], 2, 1);
    expect(picture(requests('b-1', 'b-2'), wire, held)?.held).toEqual({
      kind: 'waited',
      lane: 1,
      n: 6,
      for: 0,
    });
  });

  it('was a write that found no row', () => {
    const wire = new WireWriter();
    purchase(wire, 7, 'b-1', 1_000);
    const optimistic = `${updateStock} AND version = $3`;
    wire.transaction(9, [
      [[1_100, 1_110], 'BEGIN'],
      [[1_120, 1_130], selectStock, sku],
      [[1_350, 1_600], optimistic, { parameters: ['sku-1', '0', '4'], count: 0 }],
      [[1_610, 1_620], 'ROLLBACK'],
    ]);
    wire.events.forEach((event) => {
      if (event.kind === 'statement' && event.text === optimistic)
        Object.assign(event, { tag: 'UPDATE' });
    });
    expect(picture(requests('b-1', 'b-2'), wire, held)?.held).toMatchObject({
      kind: 'no-row',
      lane: 1,
    });
  });
});

it('sees that writes that belong together were committed apart', () => {
  const wire = new WireWriter();
  wire.transaction(1, [[[100, 110], updateStock, { parameters: ['b-1', '0'], count: 1 }]]);
  wire.transaction(1, [[[200, 210], insert, { parameters: ['sku-1', 'b-1'], count: 1 }]]);
  expect(picture(requests('b-1', 'b-2'), wire)?.moment).toEqual({
    kind: 'split-write',
    lane: 1,
    write: 0,
    at: 110,
  });
});

it('draws requests alone where nobody listened', () => {
  const given = picture(requests('b-1', 'b-2'), new WireWriter());
  expect(given?.steps.map(({ kind }) => kind)).toEqual(['asked', 'asked', 'answered', 'answered']);
  expect(picture(requests(), new WireWriter(), held)).toBeUndefined();
});
