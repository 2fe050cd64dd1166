import { acts } from '../contract.js';
import { requirements } from '../contract/requirements.js';
import { isEven, reconciliation } from './books.js';
import { measureCells } from '../figures/measures.js';
import type { Cell, Exhibits, Finding } from '../../../src/kata/index.js';
import type { Story } from '../story.js';

/** Requirement by requirement, the reconciliation of all six books, and what was measured. */
export function exhibits(story: Story, findings: readonly Finding[], strategy: string): Exhibits {
  return {
    column: { en: strategy, es: strategy },
    cells: [...requirementCells(story, findings), ...bookCells(story), ...measureCells(story)],
    legend: {
      en: '✔ met, ✘ broken, ? could not be told, · not tried: not all of its acts were played, or no order was taken; = the books agree, ≠ they do not',
      es: '✔ cumplido, ✘ roto, ? no se pudo decidir, · sin probar: no se jugaron todos sus actos, o no se aceptó ningún pedido; = los libros cuadran, ≠ no cuadran',
    },
    transcripts: [],
    withFigures: true,
  };
}

function requirementCells(story: Story, findings: readonly Finding[]): Cell[] {
  const judged = new Set(
    Object.entries(acts).flatMap(([name, { breaks }]) => (story.played(name) ? breaks : [])),
  );
  // Whatever forbids something holds for who takes nothing.
  const isTried = story.placings.some(({ outcome }) => outcome === 'ok');
  return requirements.map(({ title, rules }, n) => {
    const own = findings.filter(({ invariant }) => rules.includes(invariant));
    const played = own.filter(({ invariant }) => judged.has(invariant));
    const broken = played.filter(({ holds }) => holds === false);
    const named = broken.map(({ invariant }) => invariant).join(', ');
    const isWhole = isTried && played.length === own.length;
    return {
      row: `R${n + 1}`,
      title,
      mark: markOf(played, isWhole),
      how: { en: named, es: named },
    };
  });
}

function markOf(played: readonly Finding[], isWhole: boolean): string {
  if (played.some(({ holds }) => holds === false)) return '✘';
  if (played.some(({ holds }) => holds === null)) return '?';
  return isWhole ? '✔' : '·';
}

function bookCells(story: Story): Cell[] {
  return reconciliation(story).map((line, n) => {
    const told = line.says.map(({ book, value }) => `${book} ${value}`).join(', ');
    return {
      row: `B${n + 1}`,
      title: line.what,
      mark: isEven(line) ? '=' : '≠',
      how: { en: told, es: told },
    };
  });
}
