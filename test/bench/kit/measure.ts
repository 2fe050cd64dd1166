/** Runs once and says how long it took, milliseconds. */
export type Side = () => Promise<number>;

/** Milliseconds of every round, by the names of the sides. */
export type Samples<Name extends string> = Readonly<Record<Name, readonly number[]>>;

/**
 * A B A B …: whatever else the machine does falls on all sides alike. The first round of each side
 * only warms up and does not count. PLAN_BENCH_ROUNDS sets another number of rounds.
 */
export async function interleave<Name extends string>(
  rounds: number,
  sides: Readonly<Record<Name, Side>>,
): Promise<Samples<Name>> {
  const names = Object.keys(sides) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
    Name,
    number[]
  >;
  for (const name of names) await sides[name]();
  const wanted = Number(process.env['PLAN_BENCH_ROUNDS'] ?? rounds);
  for (let round = 0; round < wanted; round += 1)
    for (const name of names) samples[name].push(await sides[name]());
  return samples;
}

/** How long some work took, milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** One line for each side: rounds, median, spread. */
export function tell(title: string, samples: Samples<string>): void {
  print(`\n${title}`);
  for (const [name, values] of Object.entries(samples)) print(`  ${line(name, values, 'ms')}`);
}

/** One line for figures of any unit. */
export function tellAs(name: string, values: readonly number[], unit: string): void {
  print(`  ${line(name, values, unit)}`);
}

/** The ratio of two sides, round by round: neighbours in time share the machine's mood. */
export function tellRatio(name: string, a: readonly number[], b: readonly number[]): number {
  const ratios = a.map((value, round) => value / (b[round] ?? Number.NaN));
  print(`  ${line(name, ratios, '×')}`);
  return median(ratios);
}

/** Says whether a limit is kept, and makes the benchmark's exit code tell where it is not. */
export function holdTo(what: string, measured: number, limit: number, unit: string): void {
  const kept = measured <= limit;
  print(`  ${kept ? '✔' : '✘'} ${what}: ${round(measured)} ${unit}, at most ${limit} ${unit}`);
  if (!kept) process.exitCode = 1;
}

/** The same for a ratio that should not be smaller. */
export function holdToLeast(what: string, measured: number, limit: number): void {
  const kept = measured >= limit;
  print(`  ${kept ? '✔' : '✘'} ${what}: ${round(measured)} ×, at least ${limit} ×`);
  if (!kept) process.exitCode = 1;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function line(name: string, values: readonly number[], unit: string): string {
  const at = (q: number): string => round(quantile(values, q));
  const figures = `median ${at(0.5)} ${unit}, middle half ${at(0.25)}–${at(0.75)}`;
  return `${name.padEnd(34)} n=${values.length}  ${figures}, all ${at(0)}–${at(1)}`;
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const [low = Number.NaN, high = low] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
