/** What there is to complete, read from the commands themselves. */
export interface CompletionModel {
  readonly commands: readonly CompletedCommand[];
  /** Options that every command takes. */
  readonly everywhere: readonly CompletedOption[];
}

export interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  /** The words that can follow; undefined where it takes files. */
  readonly words: readonly string[] | undefined;
  /** What comes after one of the words, where that depends on it: the options of a kata. */
  readonly after: Readonly<Record<string, readonly CompletedOption[]>>;
}

export interface CompletedOption {
  /** `--lang` */
  readonly flag: string;
  readonly description: string;
  readonly takesValue: boolean;
  /** Empty where any value will do; then files are offered. */
  readonly values: readonly string[];
}

/** `run`, and `run kata-4` where the options depend on the word. */
export interface Scope {
  readonly name: string;
  readonly options: readonly CompletedOption[];
}

export function scopesOf({ commands, everywhere }: CompletionModel): Scope[] {
  return commands.flatMap(({ name, options, after }) => [
    { name, options: merged(options, everywhere) },
    ...Object.entries(after).map(([word, own]) => ({
      name: `${name} ${word}`,
      options: merged([...options, ...own], everywhere),
    })),
  ]);
}

function merged(
  options: readonly CompletedOption[],
  more: readonly CompletedOption[],
): CompletedOption[] {
  const known = new Map([...options, ...more].map((option) => [option.flag, option]));
  return [...known.values()];
}

/** A word in single quotes for bash and zsh. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Words in one pair of single quotes. */
export function quotedList(words: readonly string[]): string {
  return quoted(words.join(' '));
}
