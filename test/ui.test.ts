import { cpSync, existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOf, openBrowser } from './support/browser.js';
import { makeDesk, repository, type Desk, type Started } from './support/cli.js';
import { isAlive, registered, registeredPids, until } from './support/processes.js';
import { describeWith } from './support/requires.js';

const limit = 100_000;
let desk: Desk;
let server: Started;
let url: string;

beforeAll(async () => {
  desk = await makeDesk();
  expect((await desk.plan('init', '--locale', 'es')).exitCode).toBe(0);
  server = desk.start('ui', '--no-open');
  url = await addressOf();
});

afterAll(async () => {
  server.kill('SIGTERM');
  await server.finished;
  expect(registered(desk.env['XDG_STATE_HOME'] ?? '')).toEqual([]);
  await desk.remove();
});

/** Once it listens. */
async function addressOf(): Promise<string> {
  const file = path.join(desk.env['XDG_STATE_HOME'] ?? '', 'plan', 'page.json');
  await until('the address', () => existsSync(file));
  const { secret, port } = JSON.parse(readFileSync(file, 'utf8')) as {
    secret: string;
    port: number;
  };
  const address = `http://127.0.0.1:${port}/${secret}/`;
  await until('an answer', () =>
    fetch(address).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  return address;
}

describe('the server of the page', () => {
  const statusOf = async (address: string, init: RequestInit = {}): Promise<number> =>
    (await fetch(address, { redirect: 'manual', ...init })).status;
  /** `fetch` sends no other name than that of the address. */
  const statusAs = (host: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      request(`${url}es/`, { headers: { Host: host } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
  const tick = (headers: Record<string, string>): RequestInit => ({
    ...{ method: 'POST', headers },
    body: new URLSearchParams({ id: 'm1.b1.theory-2', is: 'yes' }),
  });

  it('answers only under its secret, under its own name, and to forms of its own', async () => {
    const { origin } = new URL(url);
    expect(await statusOf(`${url}es/`)).toBe(200);
    expect(await statusOf(`${origin}/`)).toBe(403);
    expect(await statusOf(`${origin}/${'x'.repeat(32)}/es/`)).toBe(403);
    expect(await statusAs('evil.example')).toBe(403);
    expect(await statusAs(new URL(url).host)).toBe(200);
    expect(await statusOf(`${url}es/`, { headers: { Origin: 'http://evil.example' } })).toBe(403);
    expect(await statusOf(`${url}es/ticks`, tick({ Origin: 'http://evil.example' }))).toBe(403);
    expect(await statusOf(`${url}es/ticks`, tick({ Origin: 'null' }))).toBe(403);
    expect(await statusOf(`${url}es/ticks`, tick({ Origin: origin }))).toBe(303);
  });

  it('has a strict policy, and files of nobody else', async () => {
    const { headers } = await fetch(`${url}es/`);
    const policy = headers.get('Content-Security-Policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    for (const place of [
      'es/runs/kata-4/..%2F..%2Fprogress.json',
      'es/runs/kata-4/x/logs/..%2F..%2Fprogress.json',
      'assets/..%2Fmain.js',
    ])
      expect(await statusOf(`${url}${place}`)).toBe(404);
  });

  it('begins a mystery from a page of its own, which no list of katas names', async () => {
    const { origin } = new URL(url);
    const page = await (await fetch(`${url}es/mystery`)).text();
    expect(page).toContain('mystery/begin');
    expect(page).not.toContain('mystery/answer');
    expect(await (await fetch(`${url}es/katas`)).text()).not.toContain('katas/mystery');
    expect((await fetch(`${url}en/katas/mystery`)).url).toBe(`${url}en/mystery`);
    const sent = { method: 'POST', headers: { Origin: origin } };
    const answer = await fetch(`${url}es/mystery/hint`, sent);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('plan mystery');
    expect(await statusOf(`${url}es/mystery/begin`, { method: 'POST' })).toBe(403);
  });

  it('tells what plan run would refuse, and what mends it', async () => {
    const { origin } = new URL(url);
    const body = new URLSearchParams({ buyers: 'muchos' });
    const sent = { method: 'POST', headers: { Origin: origin }, body };
    const answer = await fetch(`${url}es/katas/kata-4/runs`, sent);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('--buyers');
  });

  it('says to the end what becomes of a run', async () => {
    const { origin } = new URL(url);
    const body = new URLSearchParams({ impl: './nowhere' });
    const sent = { method: 'POST', headers: { Origin: origin }, body };
    const { url: live } = await fetch(`${url}en/katas/kata-4/runs`, sent);
    const told = await (await fetch(`${live}/events`)).text();
    expect(told).toMatch(/"status":"failed".*There is nothing at \.\/nowhere/);
  });

  it('sends the browser little', () => {
    const script = readFileSync(path.join(repository, 'dist', 'browser', 'live.js'));
    expect(gzipSync(script).length).toBeLessThan(250_000);
  });
});

describeWith('chromium', 'the page in a browser', () => {
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
    page = await browser.newPage();
    page.setDefaultTimeout(limit);
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (said) => {
      if (said.type() === 'error') complaints.push(said.text());
    });
  });

  afterAll(() => browser.close());

  it('leads a new user from the plan to a verdict, its reason, a tick and a report', async () => {
    const faults: string[] = [];
    await page.goto(url);
    expect(await page.textContent('h1')).toContain('Plan');
    faults.push(...(await faultsOf(page, 'plan-es')));
    await page.click('nav >> text=Katas');
    await page.click('main a[href$="/katas/kata-4"]');
    await page.click('text=Mostrar la pista 1');
    expect(await page.locator('article h3').count()).toBe(1);
    faults.push(...(await faultsOf(page, 'kata-4-es')));

    await page.selectOption('select[name=strategy]', 'naive');
    await page.check('input[name=explain]');
    await page.click('button.main');
    await page.waitForURL(/\/live\//);
    faults.push(...(await faultsOf(page, 'live-es')));
    await page.click('[data-live=run]:visible');
    await page.waitForURL(/\/runs\/kata-4\//);

    for (const statement of ['SELECT', 'UPDATE', 'INSERT', 'COMMIT'])
      expect(
        await page.locator('.interleaving code', { hasText: statement }).count(),
      ).toBeGreaterThan(0);
    expect(await page.textContent('table .verdict')).toMatch(/violado.*como se esperaba/s);
    faults.push(...(await faultsOf(page, 'run-es')));
    await page.click('text=Todas las operaciones');
    await page.fill('input[name=q]', 'b-7');
    await page.click('form.filter button');
    expect(await page.textContent('[role=status]')).toMatch(/de \d+/);
    faults.push(...(await faultsOf(page, 'operations-es')));
    await page.goBack();
    await page.goBack();

    await page.click('nav >> text=English');
    expect(await page.textContent('table .verdict')).toMatch(/violated.*as expected/s);
    faults.push(...(await faultsOf(page, 'run-en')));
    await page.click('nav >> text=The plan');
    await page.locator('details').first().evaluate('(month) => { month.open = true; }');
    await page.click('li[id="m1.b1.theory-1"] button');
    await page.waitForSelector('li[id="m1.b1.theory-1"] >> text=Untick', { state: 'attached' });
    const progress = readFileSync(path.join(desk.folder, 'progress.json'), 'utf8');
    expect(progress).toContain('"m1.b1.theory-1": {');
    expect(faults).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('lays the latencies of two runs over each other, by an address that keeps the choice', async () => {
    const results = path.join(desk.folder, 'results', 'kata-4');
    const [first = ''] = readdirSync(results).filter((name) => /^\d/.test(name));
    const second = '2026-01-02T03-04-05Z';
    cpSync(path.join(results, first), path.join(results, second), { recursive: true });
    await page.goto(`${url}en/runs/kata-4/${first}`);
    await page.click('text=Latencies, laid over those of another run');
    expect(await page.locator('.curves .keys li').count()).toBe(1);
    await page.selectOption('select[name=run] >> nth=1', `kata-4/${second}`);
    await page.click('form.filter button');
    expect(await page.locator('.curves .keys li').count()).toBe(2);
    expect(await faultsOf(page, 'curves-en')).toEqual([]);
    await page.uncheck(`input[value^="kata-4/${second}/"]`);
    await page.check(`input[value^="kata-4/${second}/"]`);
    await page.click('form.filter button');
    const address = page.url();
    await page.goto(address);
    expect(await page.locator('.curves .keys li').count()).toBe(2);
    rmSync(path.join(results, second), { recursive: true });
    await page.goto(address);
    expect(await page.locator('.curves .keys li').count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it('opens the report of the run from the disk, in the dark too', async () => {
    const file = path.join(desk.folder, 'results', 'kata-4', 'latest', 'report.html');
    const own = await browser.newPage({ colorScheme: 'dark', javaScriptEnabled: true });
    const asked: string[] = [];
    own.on('request', (request) => asked.push(request.url()));
    await own.goto(pathToFileURL(file).href);
    expect(await own.textContent('h1')).toContain('Kata 4');
    expect(await faultsOf(own, 'report')).toEqual([]);
    expect(asked.filter((each) => !/^(?:file|data):/.test(each))).toEqual([]);
    await own.close();
  });

  it('stops a run, which leaves nothing', async () => {
    await page.goto(`${url}en/katas/kata-4`);
    await page.click('button.main');
    await page.waitForURL(/\/live\//);
    await page.waitForSelector('[data-live=lines] li');
    const started = registeredPids(desk.env['XDG_STATE_HOME'] ?? '');
    await page.click('[data-live=stop] button');
    await page.waitForSelector('[data-live=status] >> text=Stopped');
    expect(registered(desk.env['XDG_STATE_HOME'] ?? '')).toEqual([]);
    expect(started.filter(isAlive)).toEqual([]);
  });

  it('is where it was after plan was killed and started again', async () => {
    await page.goto(`${url}en/`);
    server.kill('SIGKILL');
    await server.finished;
    expect(isAlive(server.pid)).toBe(false);
    server = desk.start('ui', '--no-open');
    await until('an answer', () =>
      fetch(url).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    await page.reload();
    expect(await page.textContent('h1')).toContain('Study plan');
  });
});
