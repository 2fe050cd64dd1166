import { describe, expect, it } from 'vitest';
import { httpPage, Tale, workPage, type Otherwise } from './rules.histories.js';

/** One order among others, played in an act. */
function told(otherwise: Otherwise, act = otherwise.act ?? 'contexts') {
  const tale = new Tale();
  tale.act(act, () => {
    tale.order({ act });
    tale.order(otherwise);
    tale.order({ act });
  });
  return tale.judged();
}

describe('a thread through everything', () => {
  it('holds for every kind of context', () => {
    for (const context of ['none', 'sampled', 'newer-flags', 'not-sampled', 'invalid'] as const)
      expect(told({ context }).broken).toEqual([]);
  });

  it('holds where newer flags begin a trace of their own, as with older SDKs', () => {
    const own = 'b'.repeat(32);
    const { broken } = told({
      context: 'newer-flags',
      handedOn: `00-${own}-2222222222222222-01`,
      spans: (spans) => {
        delete (spans[0] as { parentId?: string }).parentId;
        return spans.map((span) => ({ ...span, traceId: own }));
      },
    });
    expect(broken).toEqual([]);
  });

  it('holds where the worker begins a trace of its own that links to the message', () => {
    const { broken } = told({
      spans: ([server, producer, consumer, client]) => {
        const own = 'b'.repeat(32);
        if (!server || !producer || !consumer || !client) return [];
        const links = [{ traceId: producer.traceId, spanId: producer.spanId }];
        const linked = { ...consumer, traceId: own, links };
        delete (linked as { parentId?: string }).parentId;
        return [server, producer, linked, { ...client, traceId: own }];
      },
    });
    expect(broken).toEqual([]);
  });
  it.each<[string, Otherwise, RegExp]>([
    [
      'the worker begins anew',
      {
        spans: (spans) =>
          spans.map((one) =>
            one.service === 'worker' ? { ...one, traceId: 'b'.repeat(32) } : one,
          ),
      },
      /2 graphs that nothing joins/,
    ],
    [
      'a span is missing',
      { spans: (spans) => spans.filter(({ kind }) => kind !== 'client') },
      /the database span of worker is not/,
    ],
    ['nothing is told', { spans: () => [] }, /no span has the attribute/],
    [
      'a parent is nobody',
      {
        spans: (spans) =>
          spans.map((one) => (one.kind === 'server' ? { ...one, parentId: '9'.repeat(16) } : one)),
      },
      /the parent 9{16} of "api server" \(api\) was never told/,
    ],
    [
      'the consumer hangs on the server',
      {
        spans: (spans) =>
          spans.map((one) =>
            one.kind === 'consumer' ? { ...one, parentId: '1'.repeat(16) } : one,
          ),
      },
      /hangs on "api server" of api, which is no producer/,
    ],
    [
      'another order is in it',
      {
        spans: (spans) =>
          spans.map((one) =>
            one.kind === 'consumer' ? { ...one, attributes: { 'order.id': 'order-x' } } : one,
          ),
      },
      /is of order-x/,
    ],
  ])('is cut where %s', (_, otherwise, story) => {
    const result = told({ context: 'none', ...otherwise });
    expect(result.broken).toEqual(['one-graph-a-request']);
    expect(result.story('one-graph-a-request')).toMatch(story);
  });

  it('goes on where the client began it', () => {
    const result = told({
      spans: (spans) =>
        spans.map((one) => {
          if (one.kind !== 'server') return one;
          const root = { ...one };
          delete (root as { parentId?: string }).parentId;
          return root;
        }),
    });
    expect(result.broken).toEqual(['the-clients-context-goes-on']);
  });

  it('begins anew where what the client sent is none', () => {
    const result = told({
      context: 'invalid',
      spans: (spans) => spans.map((one) => ({ ...one, traceId: `0${one.traceId.slice(1)}` })),
    });
    expect(result.broken).toEqual(['an-invalid-context-is-replaced']);
  });

  it('is told of to nobody where the client says so, and handed on', () => {
    expect(told({ context: 'not-sampled', handedOn: '' }).broken).toEqual([
      'not-sampled-is-handed-on',
    ]);
    const exported = told({
      context: 'not-sampled',
      spans: () => [
        {
          ...{ service: 'worker', traceId: '2'.padStart(32, '0'), spanId: '7'.repeat(16) },
          ...{ name: 'x', kind: 'consumer', startUs: 0, endUs: 1, status: 'unset' },
          ...{ attributes: {}, links: [], events: [] },
        },
      ],
    });
    expect(exported.broken).toEqual(['not-sampled-is-not-exported']);
  });
});

describe('ids and lines', () => {
  it.each<[string, Otherwise, RegExp]>([
    ['the answer', { said: null, inRow: '', lines: () => [] }, /no X-Request-Id/],
    ['what it may be', { requestId: 'two words', inRow: 'two words' }, /which is none/],
    ['the message', { inMessage: 'other' }, /"other" in the message/],
    ['the row', { inRow: null }, /null in the row/],
    [
      'a line',
      { lines: (lines) => lines.map((one) => ({ ...one, request_id: 'r-0' })) },
      /a line of api about it says "r-0"/,
    ],
    ['another request', { requestId: 'r-0' }, /and so has order-contexts-00000/],
  ])('are wrong in %s', (_, otherwise, story) => {
    const result = told({ context: 'none', ...otherwise });
    expect(result.broken).toContain('request-id-everywhere');
    expect(result.story('request-id-everywhere')).toMatch(story);
  });

  it('have to be read by machines', () => {
    const text = told({ lines: (lines) => [...lines, 'INFO stored order-contexts-00001'] });
    expect(text.broken).toEqual(['logs-are-json']);
    const bare = told({ lines: (lines) => lines.map((one) => ({ ...one, level: 30 })) });
    expect(bare.broken).toEqual(['logs-are-json']);
    const silent = told({ lines: ([first]) => (first ? [first] : []) });
    expect(silent.story('logs-are-json')).toMatch(/no line of worker names it/);
  });
});

describe('a failure', () => {
  const twice: Otherwise['spans'] = (spans) => {
    const [, , consumer] = spans;
    return consumer ? [...spans, { ...consumer, spanId: '8'.repeat(16), status: 'error' }] : spans;
  };
  const loud: Otherwise['lines'] = (lines) => lines.map((one) => ({ ...one, level: 'error' }));
  const failed = (otherwise: Otherwise) =>
    told({ act: 'fails-once', sku: 'fails-once', ...otherwise });

  it('is marked, and is a span of its own', () => {
    expect(failed({ spans: twice, lines: loud }).broken).toEqual([]);
  });

  it('shows where it does not', () => {
    expect(failed({}).broken).toEqual(['errors-are-marked', 'a-redelivery-is-a-span']);
    expect(failed({ spans: twice }).broken).toEqual(['errors-are-marked']);
    const often = failed({ sku: 'fails-twice', spans: twice, lines: loud });
    expect(often.broken).toEqual(['errors-are-marked', 'a-redelivery-is-a-span']);
    expect(often.story('errors-are-marked')).toMatch(/of 2 failed attempts 1 have a line/);
  });

  it('is not needed for a message to come twice', () => {
    const judged = (spans?: Otherwise['spans']) => {
      const tale = new Tale();
      tale.act('comes-twice', () => {
        tale.again(tale.order({ act: 'comes-twice', ...(spans && { spans }) }));
      });
      return tale.judged().broken;
    };
    expect(judged(twice)).toEqual([]);
    expect(judged()).toEqual(['a-redelivery-is-a-span']);
  });
});

describe('an answer', () => {
  it('has an id where it is a refusal, too', () => {
    for (const [id, broken] of [
      ['r-900', []],
      [null, ['request-id-everywhere']],
      ['two words', ['request-id-everywhere']],
    ] as const) {
      const tale = new Tale();
      tale.act('contexts', () => tale.order());
      expect(tale.refused(id).judged().broken).toEqual(broken);
    }
  });

  it('comes once the broker has said that it has the order', () => {
    for (const answered of [false, true]) {
      const tale = new Tale();
      tale.act('shutdown', () => tale.unconfirmed(tale.order({ act: 'shutdown' }), answered));
      expect(tale.judged().broken).toEqual(answered ? ['answers-once-it-is-safe'] : []);
    }
  });
});

describe('the time that a request takes', () => {
  it('is no longer inside than outside', () => {
    // Twenty milliseconds outside.
    for (const [inside, broken] of [
      [19, []],
      [34, []],
      [36, ['inside-is-within-outside']],
      [5_000, ['inside-is-within-outside']],
    ] as const) {
      const spans: Otherwise['spans'] = (all) =>
        all.map((one) =>
          one.kind === 'server' ? { ...one, endUs: one.startUs + inside * 1000 } : one,
        );
      const tale = new Tale();
      tale.act('crowd', () => tale.order({ act: 'crowd', spans }));
      expect(tale.judged().broken).toEqual(broken);
    }
  });
});

describe('metrics', () => {
  const counted = (http: number, ok: number, error = 0) => {
    const tale = new Tale();
    tale.act('crowd', () => {
      tale.order({ act: 'crowd' });
      tale.order({ act: 'crowd' });
    });
    tale.givenBack().scraped('api', httpPage(http)).scraped('worker', workPage(ok, error));
    return tale.judged();
  };

  it('have counted what was sent, and what the broker saw', () => {
    expect(counted(2, 2, 1).broken).toEqual([]);
    for (const wrong of [counted(3, 2, 1), counted(1, 2, 1), counted(2, 3, 0), counted(2, 2, 0)])
      expect(wrong.broken).toEqual(['metrics-equal-what-was-sent']);
  });

  it('are in seconds, with all borders, each bucket with all below it', () => {
    const judged = (page: ReturnType<typeof httpPage>) => {
      const tale = new Tale();
      tale.act('crowd', () => tale.order({ act: 'crowd' }));
      return tale.scraped('api', page).judged().broken;
    };
    expect(judged(httpPage(1))).toEqual([]);
    expect(judged(httpPage(1, 20))).toEqual(['metrics-are-well-formed']);
    const page = httpPage(1);
    expect(judged(page.filter(({ labels }) => labels['le'] !== '0.25'))).toEqual([
      'metrics-are-well-formed',
    ]);
    expect(
      judged(page.map((one) => (one.labels['le'] === '1' ? { ...one, value: 0 } : one))),
    ).toEqual(['metrics-are-well-formed']);
  });

  it('show what waited', () => {
    const judged = (ms: number, seconds: number) => {
      const tale = new Tale();
      tale.act('slow-statement', () => {
        const spans: Otherwise['spans'] = (all) =>
          all.map((one) =>
            one.kind === 'client' ? { ...one, endUs: one.startUs + ms * 1000 } : one,
          );
        tale.held(tale.order({ act: 'slow-statement', spans }), 305);
      });
      return tale.scraped('worker', workPage(1, 0, seconds)).judged().broken;
    };
    expect(judged(306, 0.306)).toEqual([]);
    expect(judged(4, 0.306)).toEqual(['the-slow-statement-shows']);
    expect(judged(306, 0.2)).toEqual(['metrics-are-well-formed', 'the-slow-statement-shows']);
  });

  it('are no longer by the histogram than clients waited, also on an old connection', () => {
    const judged = (secondsEach: number, spanMs = 5) => {
      const tale = new Tale();
      tale.act('unknown-paths', () => {
        tale.scraped('api', httpPage(3, 0.003), 'before-flood');
        const spans: Otherwise['spans'] = (all) =>
          all.map((one) =>
            one.kind === 'server' ? { ...one, endUs: one.startUs + spanMs * 1000 } : one,
          );
        for (let n = 0; n < 10; n += 1) tale.order({ act: 'unknown-paths', spans });
      });
      const [before, after] = [httpPage(3, 0.003), httpPage(10, secondsEach)];
      const page = after.map((one, at) => ({
        ...one,
        value: one.value + (before[at]?.value ?? 0),
      }));
      return tale.scraped('api', page).judged();
    };
    expect(judged(0.002).broken).not.toContain('inside-is-within-outside');
    expect(judged(0.2).story('inside-is-within-outside')).toMatch(
      /took 200 ms on average by http_/,
    );
    expect(judged(0.002, 200).story('inside-is-within-outside')).toMatch(
      /took 200 ms by its server/,
    );
  });
});
