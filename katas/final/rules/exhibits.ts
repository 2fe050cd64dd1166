import { acts } from '../contract.js';
import { requirements } from '../contract/requirements.js';
import { isEven, reconciliation } from './books.js';
import type { Cell, Exhibits, Finding } from '../../../src/kata/index.js';
import type { Story } from '../story.js';

/** Requirement by requirement, and the reconciliation of all six books. */
export function exhibits(story: Story, findings: readonly Finding[], strategy: string): Exhibits {
  return {
    column: { en: strategy, es: strategy },
    cells: [...requirementCells(story, findings), ...bookCells(story)],
    legend: {
      en: '✔ met, ✘ broken, ? could not be told, · not all of its acts were played; = the books agree, ≠ they do not',
      es: '✔ cumplido, ✘ roto, ? no se pudo decidir, · no se jugaron todos sus actos; = los libros cuadran, ≠ no cuadran',
    },
    transcripts: [],
    withFigures: true,
  };
}

function requirementCells(story: Story, findings: readonly Finding[]): Cell[] {
  const judged = new Set(
    Object.entries(acts).flatMap(([name, { breaks }]) => (story.played(name) ? breaks : [])),
  );
  return requirements.map(({ title, rules }, n) => {
    const own = findings.filter(({ invariant }) => rules.includes(invariant));
    const played = own.filter(({ invariant }) => judged.has(invariant));
    const broken = played.filter(({ holds }) => holds === false);
    const named = broken.map(({ invariant }) => invariant).join(', ');
    return { row: `R${n + 1}`, title, mark: markOf(own, played), how: { en: named, es: named } };
  });
}

function markOf(own: readonly Finding[], played: readonly Finding[]): string {
  if (played.some(({ holds }) => holds === false)) return '✘';
  if (played.some(({ holds }) => holds === null)) return '?';
  return played.length < own.length ? '·' : '✔';
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
