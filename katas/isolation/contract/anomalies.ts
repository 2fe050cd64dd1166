import {
  abort,
  commit,
  insert,
  r,
  rAll,
  rWhere,
  s,
  shows,
  u,
  waits,
  type Anomaly,
  type Seen,
} from '../contract.js';

/*
 * The anomalies of ept/hermitage (README.md, postgres.md), weakest first. Names are Adya's: G for a
 * cycle in the graph of who depends on whom, P for a phenomenon.
 */

/** Both transactions read the old state, both wrote, and both were let through. */
const bothCommitted = ({ committed }: Seen): boolean => committed.length === 2;
/** Which one is refused is the server's choice. */
const oneRefused = ({ committed, refused }: Seen): boolean =>
  refused.length > 0 && committed.length < 2;

export const anomalies: readonly Anomaly[] = [
  {
    id: 'G0',
    name: { en: 'dirty write', es: 'escritura sucia' },
    documented: ['✓', '✓', '✓'],
    scripts: [
      {
        id: 'G0',
        steps: [
          s(1, u(1, 11)),
          s(2, u(1, 12), waits),
          s(1, u(2, 21)),
          s(1, commit),
          s(2, u(2, 22)),
          s(2, commit),
        ],
        // Nobody writes over what is not committed, nor does a mix of both remain.
        happens: ({ waited, refused, final }) =>
          (!waited && refused.length === 0) || final === '1⇒12 2⇒21' || final === '1⇒11 2⇒22',
        prevented: ({ final }) => final === '1⇒12 2⇒22' || final === '1⇒11 2⇒21',
      },
    ],
  },
  {
    id: 'G1a',
    name: { en: 'aborted read', es: 'lectura abortada' },
    documented: ['✓', '✓', '✓'],
    scripts: [
      {
        id: 'G1a',
        steps: [
          s(1, u(1, 101)),
          s(2, rAll, shows('1⇒10 2⇒20')),
          s(1, abort),
          s(2, rAll, shows('1⇒10 2⇒20')),
          s(2, commit),
        ],
        happens: ({ reads }) => reads.some((read) => read?.includes('1⇒101')),
        prevented: ({ reads }) => reads.every((read) => (read ?? '1⇒10 2⇒20') === '1⇒10 2⇒20'),
      },
    ],
  },
  {
    id: 'G1b',
    name: { en: 'intermediate read', es: 'lectura intermedia' },
    documented: ['✓', '✓', '✓'],
    scripts: [
      {
        id: 'G1b',
        steps: [
          s(1, u(1, 101)),
          s(2, r(1), shows('1⇒10')),
          s(1, u(1, 11)),
          s(1, commit),
          s(2, r(1), shows('1⇒11', '1⇒10')),
          s(2, commit),
        ],
        happens: ({ reads }) => reads.includes('1⇒101'),
        prevented: ({ reads: [before = '1⇒10', after = '1⇒10'] }) =>
          before === '1⇒10' && ['1⇒10', '1⇒11'].includes(after),
      },
    ],
  },
  {
    id: 'G1c',
    name: { en: 'circular flow', es: 'flujo circular' },
    documented: ['✓', '✓', '✓'],
    scripts: [
      {
        id: 'G1c',
        steps: [
          s(1, u(1, 11)),
          s(2, u(2, 22)),
          s(1, r(2), shows('2⇒20')),
          s(2, r(1), shows('1⇒10')),
          s(1, commit),
          s(2, commit),
        ],
        happens: ({ reads }) => reads[0] === '2⇒22' && reads[1] === '1⇒11',
        prevented: ({ reads: [two = '2⇒20', one = '1⇒10'] }) => two === '2⇒20' && one === '1⇒10',
      },
    ],
  },
  {
    id: 'OTV',
    name: { en: 'vanishing transaction', es: 'desaparece lo visto' },
    documented: ['✓', '✓', '✓'],
    scripts: [
      {
        id: 'OTV',
        steps: [
          s(1, u(1, 11)),
          s(1, u(2, 19)),
          s(2, u(1, 12), waits),
          s(1, commit),
          s(3, r(1), shows('1⇒11')),
          s(2, u(2, 18)),
          s(3, r(2), shows('2⇒19')),
          s(2, commit),
          s(3, r(2), shows('2⇒18', '2⇒19')),
          s(3, r(1), shows('1⇒12', '1⇒11')),
          s(3, commit),
        ],
        happens: ({ reads: [one, two, twoLater, oneLater] }) =>
          (one === '1⇒11' && two !== undefined && two !== '2⇒19') ||
          (twoLater === '2⇒18' && oneLater === '1⇒11'),
        prevented: ({ reads: [one, two, twoLater, oneLater] }) =>
          one === '1⇒11' &&
          two === '2⇒19' &&
          ['2⇒18 1⇒12', '2⇒19 1⇒11'].includes([twoLater, oneLater].join(' ')),
      },
    ],
  },
  {
    id: 'PMP',
    name: { en: 'phantom (predicate)', es: 'fantasma (predicado)' },
    documented: ['–', '✓', '✓'],
    scripts: [
      {
        id: 'PMP-read',
        steps: [
          s(1, rWhere('value = 30'), shows('')),
          s(2, insert(3, 30)),
          s(2, commit),
          s(1, rWhere('value % 3 = 0'), shows('3⇒30', '')),
          s(1, commit),
        ],
        happens: ({ reads: [before, after] }) => before === '' && after === '3⇒30',
        prevented: ({ reads: [before, after = ''] }) => before === '' && after === '',
      },
      {
        id: 'PMP-write',
        steps: [
          s(1, 'UPDATE test SET value = value + 10'),
          s(2, 'DELETE FROM test WHERE value = 20', waits),
          s(1, commit),
          s(2, rWhere('value = 20'), shows('1⇒20', '')),
          s(2, commit),
        ],
        happens: ({ reads: [left], committed }) => left === '1⇒20' && committed.includes(2),
        prevented: ({ reads: [left = ''], refused, committed }) =>
          left === '' && (refused.length > 0 || committed.includes(2)),
      },
    ],
  },
  {
    id: 'P4',
    name: { en: 'lost update', es: 'lost update' },
    documented: ['–', '✓', '✓'],
    scripts: [
      {
        id: 'P4',
        steps: [
          s(1, r(1), shows('1⇒10')),
          s(2, r(1), shows('1⇒10')),
          s(1, u(1, 11)),
          s(2, u(1, 11), waits),
          s(1, commit),
          s(2, commit),
        ],
        happens: bothCommitted,
        prevented: oneRefused,
      },
    ],
  },
  {
    id: 'G-single',
    name: { en: 'read skew', es: 'read skew' },
    documented: ['–', '✓', '✓'],
    scripts: [
      {
        id: 'G-single',
        steps: [
          s(1, r(1), shows('1⇒10')),
          s(2, r(1), shows('1⇒10')),
          s(2, r(2), shows('2⇒20')),
          s(2, u(1, 12)),
          s(2, u(2, 18)),
          s(2, commit),
          s(1, r(2), shows('2⇒18', '2⇒20')),
          s(1, commit),
        ],
        happens: ({ reads }) => reads[0] === '1⇒10' && reads[3] === '2⇒18',
        prevented: ({ reads }) => reads[0] === '1⇒10' && (reads[3] ?? '2⇒20') === '2⇒20',
      },
    ],
  },
  {
    id: 'G2-item',
    name: { en: 'write skew', es: 'write skew' },
    documented: ['–', '–', '✓'],
    scripts: [
      {
        id: 'G2-item',
        steps: [
          s(1, rWhere('id IN (1, 2)'), shows('1⇒10 2⇒20')),
          s(2, rWhere('id IN (1, 2)'), shows('1⇒10 2⇒20')),
          s(1, u(1, 11)),
          s(2, u(2, 21)),
          s(1, commit),
          s(2, commit),
        ],
        happens: bothCommitted,
        prevented: oneRefused,
      },
    ],
  },
  {
    id: 'G2',
    name: { en: 'anti-dependency cycle', es: 'antidependencias' },
    documented: ['–', '–', '✓'],
    scripts: [
      {
        id: 'G2',
        steps: [
          s(1, rWhere('value % 3 = 0'), shows('')),
          s(2, rWhere('value % 3 = 0'), shows('')),
          s(1, insert(3, 30)),
          s(2, insert(4, 42)),
          s(1, commit),
          s(2, commit),
        ],
        happens: bothCommitted,
        prevented: oneRefused,
      },
    ],
  },
];

/** `all`, or the one whose id it is. */
export function chosen(anomaly: string): readonly Anomaly[] {
  return anomaly === 'all' ? anomalies : anomalies.filter(({ id }) => id === anomaly);
}
