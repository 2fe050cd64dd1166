import { scaffoldTexts } from '../../i18n/scaffold.js';
import { getLocale, say, texts } from '../../i18n/text.js';
import { readBrief } from '../../kata/brief.js';
import type { Kata } from '../../kata/define.js';
import { wordFor, type KataOnDisk } from '../../kata/discover.js';
import { variableOf } from '../../kata/options.js';
import { commentLines, contractSection, queueIn, routesIn } from './contract.js';
import type { Values } from './template.js';

/** What a kata's own folder says, in the learner's language: nothing is kept twice. */
export async function valuesOf(found: KataOnDisk): Promise<Values> {
  const markdown = await contractOf(found);
  return {
    contract: commentLines(markdown),
    routes: routesIn(markdown),
    queue: queueIn(markdown) ?? 'queue',
    blocks: blocksOf(found.kata),
    text: texts(scaffoldTexts).comments,
  };
}

/** `plain` is without a database, `direct` without a broker, `modules` with any of the two. */
function blocksOf({ services }: Kata): string[] {
  const postgres = services.includes('postgres');
  const rabbitmq = services.includes('rabbitmq');
  return [
    postgres ? 'postgres' : 'plain',
    rabbitmq ? 'rabbitmq' : 'direct',
    ...(postgres || rabbitmq ? ['modules'] : []),
  ];
}

/** The contract of a kata with its variables, as Markdown. */
export async function contractOf(found: KataOnDisk): Promise<string> {
  const { kata, folder } = found;
  const t = texts(scaffoldTexts);
  const command = t.seeBrief(wordFor(found));
  const brief = await readBrief(folder, getLocale());
  const section = brief && contractSection(brief.body);
  const title = `${kata.id.replace('kata-', 'Kata ')} · ${say(kata.title)}`;
  return [
    t.contractHead(title),
    section ?? t.noContract(command),
    [t.options, '', ...optionLines(kata)].join('\n'),
    t.everyProgram(command),
  ].join('\n\n');
}

function optionLines(kata: Kata): string[] {
  const t = texts(scaffoldTexts);
  const own = Object.entries(kata.options).map(
    ([name, { default: value, help }]) => `- ${variableOf(name)} (${value}): ${say(help)}`,
  );
  return [`- PLAN_STRATEGY: ${t.strategyOption}`, ...own];
}
