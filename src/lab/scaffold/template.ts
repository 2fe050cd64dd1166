import type { Route } from '../../kata/route.js';

export interface Values {
  /** Lines of the contract, without comment marks. */
  readonly contract: readonly string[];
  readonly routes: readonly Route[];
  /** For `{{queue}}`. */
  readonly queue: string;
  /** Names of the blocks that are kept: `postgres` or `plain`. */
  readonly blocks: readonly string[];
  /** Comments in the learner's language, for `{{text.name}}`. */
  readonly text: Readonly<Record<string, string>>;
}

/**
 * Fills a template. A line `// {{contract}}` becomes the contract, each line after the same marks;
 * `{{#routes}}` to `{{/routes}}` repeats for every route; any other block stays or goes whole.
 */
export function fillTemplate(template: string, values: Values): string {
  const filled: string[] = [];
  let block: { name: string; lines: string[] } | undefined;
  for (const line of template.split('\n')) {
    const mark = /^{{([#/])(\w+)}}$/.exec(line);
    if (mark?.[1] === '#') block = { name: mark[2] ?? '', lines: [] };
    else if (mark && block) {
      filled.push(...expanded(block.name, block.lines, values));
      block = undefined;
    } else if (block) block.lines.push(line);
    else filled.push(...lineOf(line, values));
  }
  return filled.join('\n');
}

function expanded(name: string, lines: readonly string[], values: Values): string[] {
  if (name === 'routes')
    return values.routes.flatMap((route) => lines.map((line) => withRoute(line, route)));
  return values.blocks.includes(name) ? lines.flatMap((line) => lineOf(line, values)) : [];
}

function withRoute(line: string, { method, path }: Route): string {
  return line
    .replaceAll('{{method}}', method)
    .replaceAll('{{verb}}', method.toLowerCase())
    .replaceAll('{{path}}', path);
}

function lineOf(line: string, { contract, queue, text }: Values): string[] {
  const marks = /^(.*?){{contract}}$/.exec(line)?.[1];
  if (marks !== undefined) return contract.map((each) => `${marks}${each}`.trimEnd());
  return [
    line.replaceAll('{{queue}}', queue).replace(/{{text\.(\w+)}}/g, (_, name: string) => {
      const known = text[name];
      if (known === undefined) throw new Error(`a template asks for the unknown text ${name}`);
      return known;
    }),
  ];
}
