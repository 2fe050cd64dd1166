/** Of right programs beside others at work so many must come to a verdict; none may be blamed. */
const conclusive = 0.8;

/** @param row of a kata: how many went as told in each part, were undecided, and of how many */
export function isWell({ quiet, beside, wrong, twins }) {
  const isQuietWell = [quiet, wrong, twins].every(({ well, of }) => well === of);
  const { well, undecided, of } = beside;
  return isQuietWell && well + undecided === of && well >= conclusive * of;
}

export function table(rows) {
  const told = ({ well, undecided, of }) => {
    if (of === 0) return '';
    return `${well} of ${of}${undecided > 0 ? `, ${undecided} undecided` : ''}`;
  };
  const lines = rows.map(({ id, quiet, beside, wrong, twins, margins }) => [
    id,
    ...[quiet, beside, wrong, twins].map(told),
    [...margins].map(([name, value]) => `${name} ${value}`).join(', '),
  ]);
  const head = ['kata', 'right', 'right, loaded', 'fails as told', 'twins', 'smallest margins'];
  const all = [head, ...lines];
  const widths = head.map((_, at) => Math.max(...all.map((line) => line[at].length)));
  return all
    .map((line) =>
      line
        .map((text, at) => text.padEnd(widths[at]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
