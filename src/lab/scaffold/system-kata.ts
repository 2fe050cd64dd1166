import { exitCodes, PlanError } from '../../base/errors.js';
import { newKataTexts } from '../../i18n/new-kata.js';
import { texts } from '../../i18n/text.js';
import { languageNames } from '../../kata/define.js';
import { addressVariable } from '../../kata/roles.js';
import { filledTemplates, type Files } from './lay-down.js';
import type { Values } from './template.js';

const name = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
/** What else has a folder in a kata. */
const taken = [
  ...languageNames,
  ...['twins', 'results', 'journal', 'contract', 'notes', 'experiment', 'story', 'figures'],
  ...['rules', 'dead-letters', 'kata', 'health'],
];

/** `order,payment`. @throws PlanError `bad-roles` (exit 2) */
export function rolesIn(given: string): readonly string[] {
  const roles = given.split(',').map((one) => one.trim());
  const t = texts(newKataTexts);
  const bad = roles.find((role) => !name.test(role) || taken.includes(role));
  const isRight = roles.length > 1 && new Set(roles).size === roles.length && bad === undefined;
  if (isRight) return roles;
  throw new PlanError({
    code: 'bad-roles',
    exit: exitCodes.usage,
    what: bad === undefined ? t.tooFewRoles : t.badRole(bad),
    mend: t.badRolesMend,
  });
}

/** A kata of these services: each hands on to the next, and one of them is killed. */
export async function systemKataFiles(id: string, roles: readonly string[]): Promise<Files> {
  const values = valuesOf(id, roles);
  const [first, last] = [roles[0] ?? '', roles.at(-1) ?? ''];
  const common = await filledTemplates(['kata-system'], values({}));
  const files: Record<string, string> = {};
  for (const [file, text] of Object.entries(common)) {
    if (file.startsWith('role/')) continue;
    files[file.replace('/first/', `/${first}/`).replace('/last/', `/${last}/`)] = text;
  }
  for (const [at, role] of roles.entries()) {
    const next = roles[at + 1];
    const own = { table: tableOf(role), nextUrl: next === undefined ? 'undefined' : urlOf(next) };
    const made = await filledTemplates(['kata-system/role'], values(own));
    for (const [file, text] of Object.entries(made)) files[`${role}/${file}`] = text;
  }
  return files;
}

const tableOf = (role: string): string => `at_${role.replaceAll('-', '_')}`;
const urlOf = (role: string): string => `process.env.${addressVariable(role)} + '/${role}'`;
const keyOf = (role: string): string => (role.includes('-') ? `'${role}'` : role);

function valuesOf(id: string, roles: readonly string[]) {
  const [first = '', second = ''] = roles;
  const last = roles.at(-1) ?? '';
  const inner = roles.slice(1);
  const lines = (indent: number, all: readonly string[]): string =>
    all.map((line) => `${' '.repeat(indent)}${line}`).join('\n');
  const program = (role: string): string => {
    const routes = role === first ? 'clientRoutes' : 'routes';
    return `${keyOf(role)}: { title: { en: '${role}', es: '${role}' }, languages: ['node'], ${routes}: ['POST /${role}'] },`;
  };
  const call = (role: string): string =>
    `'POST /${role}': { to: '${role}', body: { id: 'text' }, answers: { 201: { id: 'text' }, 503: {} } },`;
  const text = {
    ...texts(newKataTexts).comments,
    ...texts(newKataTexts).systemComments,
    ...{ id, first, last },
    ...{ table: '', nextUrl: '', firstTable: tableOf(first), lastTable: tableOf(last) },
    firstNextUrl: urlOf(second),
    roleList: roles.map((role) => `'${role}'`).join(', '),
    roleNames: roles.map((role) => `\`${role}\``).join(', '),
    firstRoute: `POST /${first}`,
    innerRoutes: inner.map((role) => `\`POST /${role}\``).join(', '),
    callLines: lines(2, inner.map(call)),
    programLines: lines(4, roles.map(program)),
    effectLines: lines(
      6,
      roles.map((role) => `${keyOf(role)}: { ${tableOf(role)}: { subject: 'id' } },`),
    ),
  };
  return (own: Readonly<Record<string, string>>): Values => ({
    ...{ contract: [], routes: [], queue: '', blocks: [] },
    text: { ...text, ...own },
  });
}
