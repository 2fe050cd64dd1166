import { scaffoldTexts } from '../../i18n/scaffold.js';
import { getLocale, say, texts } from '../../i18n/text.js';
import { readBrief } from '../../kata/brief.js';
import type { Kata } from '../../kata/define.js';
import { wordFor, type KataOnDisk } from '../../kata/discover.js';
import { variableOf } from '../../kata/options.js';
import { shownField, type MessageContract } from '../../kata/messages.js';
import { addressVariable, type Role } from '../../kata/roles.js';
import { routeIn, type Route } from '../../kata/route.js';
import { commentLines, contractSection } from './contract.js';
import type { Values } from './template.js';

/**
 * What a kata's own folder says, in the learner's language: nothing is kept twice.
 * @param role of a system: whose program it is to be
 */
export async function valuesOf(found: KataOnDisk, role?: string): Promise<Values> {
  const markdown = await contractOf(found, role);
  const common = { contract: commentLines(markdown), text: texts(scaffoldTexts).comments };
  const of = role === undefined ? undefined : found.kata.programs?.[role];
  if (of !== undefined) return { ...common, ...programOf(found.kata, of) };
  return { ...common, ...programOf(found.kata, found.kata) };
}

/** Of a role, or of a kata of one program. One that only consumes answers /health and nothing else. */
function programOf(
  kata: Kata,
  {
    routes: ofNeighbours = [],
    clientRoutes = [],
    queue,
    services = kata.services,
  }: Pick<Role, 'routes' | 'clientRoutes' | 'queue' | 'services'>,
): Pick<Values, 'routes' | 'queue' | 'blocks'> {
  const routes = routesOf([...clientRoutes, ...ofNeighbours]);
  const blocks = blocksOf(consumed(services, queue));
  return {
    routes,
    queue: queue ?? '',
    blocks: [...blocks, routes.length > 0 || queue === undefined ? 'routed' : 'unrouted'],
  };
}

/** What takes no messages has nothing to consume: how it publishes is its own affair. */
function consumed(services: Kata['services'], queue: string | undefined): Kata['services'] {
  return services.filter((name) => name !== 'rabbitmq' || queue !== undefined);
}

function routesOf(routes: readonly string[] = []): Route[] {
  return routes.flatMap((route) => routeIn(route) ?? []);
}

/** `plain` is without a database, `direct` without a broker, `modules` with any of the two. */
function blocksOf(services: Kata['services']): string[] {
  const postgres = services.includes('postgres');
  const rabbitmq = services.includes('rabbitmq');
  return [
    postgres ? 'postgres' : 'plain',
    rabbitmq ? 'rabbitmq' : 'direct',
    ...(postgres || rabbitmq ? ['modules'] : []),
  ];
}

/** The contract of a kata with its variables, as Markdown. */
export async function contractOf(found: KataOnDisk, role?: string): Promise<string> {
  const { kata, folder } = found;
  const t = texts(scaffoldTexts);
  const command = t.seeBrief(wordFor(found));
  const brief = await readBrief(folder, getLocale());
  const section = brief && contractSection(brief.body);
  const titles = [kata.id.replace('kata-', 'Kata '), say(kata.title)];
  return [
    t.contractHead([...titles, ...(role === undefined ? [] : [role])].join(' · ')),
    section ?? t.noContract(command),
    [t.options, '', ...optionLines(kata), ...neighbourLines(kata, role)].join('\n'),
    ...messageLines(kata, role),
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

function neighbourLines({ programs = {} }: Kata, role: string | undefined): string[] {
  if (role === undefined) return [];
  const t = texts(scaffoldTexts);
  return Object.entries(programs)
    .filter(([name, { routes = [] }]) => name !== role && routes.length > 0)
    .map(([name]) => `- ${addressVariable(name)}: ${t.neighbour(name)}`);
}

/** What a role of a system sends and takes, one paragraph each; none where it has no messages. */
function messageLines({ messages = {} }: Kata, role: string | undefined): string[] {
  if (role === undefined) return [];
  const t = texts(scaffoldTexts);
  const all = Object.entries(messages);
  const sent = all.filter(([, { from }]) => from === role);
  const taken = all.filter(([, { to = [] }]) => to.includes(role));
  const list = (head: string, some: typeof all): string[] =>
    some.length === 0 ? [] : [[head, '', ...some.map(messageLine)].join('\n')];
  return [...list(t.sends, sent), ...list(t.takes, taken)];
}

function messageLine([name, { exchange, body }]: [string, MessageContract]): string {
  const fields = Object.entries(body).map(([field, is]) => `${field}: ${shownField(is)}`);
  return `- ${name} (exchange ${exchange}): { ${fields.join(', ')} }`;
}
