import axe, { type AxeResults } from 'axe-core';
import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumPath } from './chromium.js';

export function openBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) throw new Error('there is no Chromium on the PATH');
  // As root it has no sandbox; in a container its shared memory is small.
  const args = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'];
  return chromium.launch({ executablePath, args, timeout: 90_000 });
}

/** A wide desk and a phone. */
export const widths = { wide: 1280, phone: 390 } as const;

/** Pictures stay in a folder of the machine's temporary ones: what a person looks at afterwards. */
const pictures = path.join(os.tmpdir(), 'plan-test-pictures');

/**
 * What axe finds wrong with a page at both widths, and whether anything sticks out on the phone;
 * a picture of each is kept.
 */
export async function faultsOf(page: Page, name: string): Promise<string[]> {
  await mkdir(pictures, { recursive: true });
  const found: string[] = [];
  for (const [kind, width] of Object.entries(widths)) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<AxeResults>('axe.run()');
    for (const { id, nodes } of violations)
      found.push(`${name}, ${kind}: ${id} at ${nodes.map(({ html }) => html).join(' ')}`);
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
    if (wide > width) found.push(`${name}, ${kind}: ${wide} px wide`);
    await page.screenshot({ path: path.join(pictures, `${name}-${kind}.png`), fullPage: true });
  }
  return found;
}
