import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What a person opens to look at a run. */
export const pageName = 'report.html';

/** Puts the page into the run's folder, whole or not at all. @throws what writing throws */
export async function writePage(folder: string, page: string): Promise<void> {
  const aside = path.join(folder, `${pageName}.aside`);
  try {
    await writeFile(aside, page);
    await rename(aside, path.join(folder, pageName));
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined);
    throw error;
  }
}
