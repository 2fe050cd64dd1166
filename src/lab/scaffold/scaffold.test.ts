import { describe, expect, it } from 'vitest';
import { commentLines, contractSection } from './contract.js';
import { fillTemplate } from './template.js';

const contract = `This kata adds two routes:

\`\`\`
POST /accounts/a-1/deposits   {"amount": 5}
GET  /accounts/a-1
GET  /accounts/a-2
\`\`\`

| Status | Body             | When                                                                    |
| ------ | ---------------- | ----------------------------------------------------------------------- |
| 200    | \`{"balance": 7}\` | Done. \`balance\` is the balance after it, with its own effect in it, too. |

- An account exists from its first use on,
  with a balance of 0.

Ends in \\u0000.`;

describe('the contract of a brief', () => {
  it('is its section, up to the next', () => {
    expect(contractSection('# K\n\n## Contract\n\nIt.\n\n### Of it\n\n## What\n')).toBe(
      'It.\n\n### Of it',
    );
    expect(contractSection('## Contrato\n\nÉl.\n')).toBe('Él.');
    expect(contractSection('# K\n')).toBeUndefined();
  });

  it('becomes lines of a comment, tables as lists', () => {
    expect(commentLines(contract)).toEqual([
      'This kata adds two routes:',
      '',
      '  POST /accounts/a-1/deposits   {"amount": 5}',
      '  GET  /accounts/a-1',
      '  GET  /accounts/a-2',
      '',
      '- 200  {"balance": 7}  Done. balance is the balance after it, with its own effect in it, too.',
      '',
      '- An account exists from its first use on, with a balance of 0.',
      '',
      'Ends in \\ u0000.',
    ]);
  });

  it('is broken where a line is too long, and goes on below its item', () => {
    const [first = '', second = ''] = commentLines(`- ${'word '.repeat(30).trim()}`);
    expect(first.length).toBeLessThanOrEqual(94);
    expect(second).toMatch(/^ {2}word/);
  });
});

describe('a template', () => {
  const values = {
    contract: ['one', '', 'two'],
    routes: [{ method: 'GET', path: '/a/{b}' }],
    queue: 'payments',
    blocks: ['plain'],
    text: { drain: 'SIGTERM' },
  };

  it('is filled with the contract, the routes, and the blocks that are wanted', () => {
    const template = [
      '  # {{contract}}',
      '{{#routes}}',
      '{{verb}} {{method}} {{path}}',
      '{{/routes}}',
      '{{#plain}}',
      'plain {{text.drain}}',
      '{{/plain}}',
      '{{#postgres}}',
      'pool',
      '{{/postgres}}',
      'end {{queue}}',
    ].join('\n');
    expect(fillTemplate(template, values)).toBe(
      ['  # one', '  #', '  # two', 'get GET /a/{b}', 'plain SIGTERM', 'end payments'].join('\n'),
    );
  });

  it('may not ask for a text that nobody wrote', () => {
    expect(() => fillTemplate('{{text.nothing}}', values)).toThrow('nothing');
  });
});
