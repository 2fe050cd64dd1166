import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { exitCodes, PlanError } from '../../base/errors.js';
import { implementationTexts } from '../../i18n/implementation.js';
import { texts } from '../../i18n/text.js';
import { languageIds, languages } from './languages.js';
import { manifestName } from './manifest.js';

/** What the lab, or a build tool of some language, reads whole. */
const readWhole = new Set([
  ...[manifestName, 'package.json', 'tsconfig.json', 'go.mod', 'go.sum', 'Cargo.toml'],
  ...['Cargo.lock', 'pom.xml', 'requirements.txt', '.npmrc'],
]);
const mostMebibytes = 16;

/**
 * Refuses a folder in which something that will be read is a pipe, a device, or of any length: to
 * read it would never end. Where it leads through a link counts.
 * @throws PlanError `odd-file` (exit 2) · the file system's own error
 */
export async function refuseOddFiles(folder: string): Promise<void> {
  const t = texts(implementationTexts);
  for (const place of [folder, path.join(folder, 'src')]) {
    const names = place === folder ? await readdir(place) : await readdir(place).catch(() => []);
    for (const name of names.filter(isRead)) {
      const file = path.join(place, name);
      // A link to nowhere is told by whoever needs it.
      const found = await stat(file).catch(() => undefined);
      if (found === undefined || found.isDirectory()) continue;
      if (!found.isFile()) throw odd(t.noPlainFile(file), t.noPlainFileMend(file));
      if (found.size > mostMebibytes * 1024 ** 2)
        throw odd(t.tooLargeToRead(file, mostMebibytes), t.noPlainFileMend(file));
    }
  }
}

function isRead(name: string): boolean {
  const extension = path.extname(name);
  return (
    readWhole.has(name) || languageIds.some((id) => languages[id].extensions.includes(extension))
  );
}

function odd(what: string, mend: string): PlanError {
  return new PlanError({ code: 'odd-file', exit: exitCodes.usage, what, mend });
}
