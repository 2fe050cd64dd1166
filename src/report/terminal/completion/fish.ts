import type { CompletedOption, CompletionModel } from './model.js';

/** For fish: a file ~/.config/fish/completions/plan.fish. */
export function fishCompletion({ commands, everywhere }: CompletionModel): string {
  // fish's own test takes the value of --locale for a command.
  const noCommand = `not ${seen(commands.map(({ name }) => name))}`;
  const lines = commands.flatMap(({ name, description, options, words, after }) => {
    const inside = `__fish_seen_subcommand_from ${name}`;
    const known = Object.keys(after);
    // A kata is named once; after it come its options.
    const open = known.length === 0 ? inside : `${inside}; and not ${seen(known)}`;
    return [
      `complete -c plan -f -n ${quoted(noCommand)} -a ${name} -d ${quoted(description)}`,
      ...(words === undefined
        ? [`complete -c plan -F -n ${quoted(inside)}`]
        : [`complete -c plan -f -n ${quoted(open)} -a ${quoted(words.join(' '))}`]),
      ...options.map((option) => optionLine(option, inside)),
      ...Object.entries(after).flatMap(([word, own]) => [
        `complete -c plan -f -n ${quoted(`${inside}; and ${seen([word])}`)}`,
        ...own.map((option) => optionLine(option, `${inside}; and ${seen([word])}`)),
      ]),
    ];
  });
  return `# Completion of plan for fish. To have it in every shell:
#   plan completion fish > ~/.config/fish/completions/plan.fish
complete -c plan -e
${everywhere.map((option) => optionLine(option)).join('\n')}
${lines.join('\n')}
`;
}

function seen(words: readonly string[]): string {
  return `__fish_seen_subcommand_from ${words.join(' ')}`;
}

function optionLine({ flag, description, takesValue, values }: CompletedOption, when?: string) {
  const value = !takesValue
    ? '-f'
    : values.length === 0
      ? '-rF'
      : `-x -a ${quoted(values.join(' '))}`;
  const condition = when === undefined ? '' : ` -n ${quoted(when)}`;
  return `complete -c plan${condition} -l ${flag.replace(/^--/, '')} ${value} -d ${quoted(description)}`;
}

/** fish has its own way of quoting. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
