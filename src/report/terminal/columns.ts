/** Of the terminal. Without one: as wide as most people's screens and mails. */
export function columns(): number {
  return process.stdout.columns || Number(process.env['COLUMNS']) || 80;
}

/** Of the terminal. Without one nothing is broken: what reads it may want its lines whole. */
export function terminalColumns(): number {
  return process.stdout.columns || Number.POSITIVE_INFINITY;
}
