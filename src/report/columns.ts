/** Of the terminal. Without one: as wide as most people's screens and mails. */
export function columns(): number {
  return process.stdout.columns || Number(process.env['COLUMNS']) || 80;
}
