import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMetrics } from './metrics-page.js';

const names = ['http_server_request_duration_seconds', 'messages_processed_total'];
const parse = (text: string) => parseMetrics(text, names);

describe('metrics', () => {
  it('are read as Prometheus reads them', () => {
    const text = [
      '# HELP messages_processed_total What was done.',
      'messages_processed_total{outcome="a \\"b\\", \\\\ c",x="1"} 3 1700000000000',
      'messages_processed_total 4',
      'go_goroutines 12',
      'what is this',
    ].join('\n');
    expect(parse(text)).toEqual({
      series: 3,
      leftOut: 0,
      samples: [
        {
          name: 'messages_processed_total',
          labels: { outcome: 'a "b", \\ c', x: '1' },
          value: 3,
        },
        { name: 'messages_processed_total', labels: {}, value: 4 },
      ],
      unreadable: ['what is this'],
      misplaced: [],
    });
  });

  it('are read or not, whatever a program writes', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { series, unreadable } = parse(text);
        expect(series + unreadable.length).toBeLessThanOrEqual(text.split('\n').length);
      }),
    );
  });

  it.each([
    ['a second TYPE', ['# TYPE NAME counter', 'NAME 1', '# TYPE NAME counter', 'NAME{a="1"} 2'], 1],
    ['a TYPE behind its samples', ['NAME 1', '# TYPE NAME counter'], 1],
    ['a second HELP', ['# HELP NAME x', '# HELP NAME x', 'NAME 1'], 1],
    ['samples apart', ['NAME 1', 'go_goroutines 1', 'NAME{a="1"} 2'], 1],
    ['samples together', ['# HELP NAME x', '# TYPE NAME counter', 'NAME 1', 'NAME{a="1"} 2'], 0],
    ['another of a longer name', ['# TYPE NAME counter', 'NAME 1', '# TYPE NAME_created gauge'], 0],
    ['others as they like', ['go_goroutines 1', 'NAME 1', 'go_goroutines{a="1"} 1'], 0],
    [
      'parts with a type of their own',
      ['# TYPE NAME_sum counter', 'NAME_sum 1', 'NAME_count 1'],
      0,
    ],
  ])('stand in their order: %s', (_, lines, count) => {
    const page = lines.join('\n').replaceAll('NAME', 'messages_processed_total');
    expect(parse(page).misplaced).toHaveLength(count);
  });

  it('are read as OpenMetrics writes them', () => {
    const text = [
      '# TYPE http_server_request_duration_seconds histogram',
      '# UNIT http_server_request_duration_seconds seconds',
      '# HELP http_server_request_duration_seconds How long.',
      'http_server_request_duration_seconds_bucket{le="0.1"} 8 # {trace_id="0af7"} 0.054 1520879607.789',
      'http_server_request_duration_seconds_bucket{le="+Inf"} 9 1520879608.1 # {a="}",b="x # {y} 1"} 3',
      'http_server_request_duration_seconds_sum 4.5',
      'http_server_request_duration_seconds_count 9',
      'http_server_request_duration_seconds_created 1520430000.123',
      '# TYPE messages_processed counter',
      'messages_processed_total{outcome="ok"} 3.0 # {trace_id="0af7"} 1',
      'messages_processed_created{outcome="ok"} 1520430000.123',
      'messages_processed_total{outcome="error"} 1.0',
      '# EOF',
      '',
    ].join('\n');
    const page = parse(text);
    expect([page.unreadable, page.misplaced, page.series]).toEqual([[], [], 8]);
    expect(page.samples.map(({ value }) => value)).toEqual([8, 9, 4.5, 9, 1520430000.123, 3, 1]);
    expect(page.samples[1]?.labels).toEqual({ le: '+Inf' });
  });

  it.each([
    ['an exemplar of no labels', 'x_total 1 # trace 1\n# EOF\n', 1],
    ['an exemplar of no number', 'x_total 1 # {a="1"} soon\n# EOF\n', 1],
    ['an exemplar in the older format', 'x_total 1 # {a="1"} 1\n', 1],
    ['none where it is one', 'x_total 1 # {} 1\n# EOF\n', 0],
  ])('have %s', (_, text, count) => {
    expect(parse(text).unreadable).toHaveLength(count);
  });
});
