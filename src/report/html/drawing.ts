/** Share of a whole as SVG takes it for a place: what is drawn so keeps its text at any width. */
export function percent(share: number): string {
  return `${Math.round(share * 10_000) / 100}%`;
}

/** Columns of a unit each, from the ground to their level of 100; one path, however many. */
export function columnsPath(levels: readonly number[], scale: number): string {
  return levels
    .map((level, at) => {
      if (level <= 0) return '';
      const height = Math.max(3, Math.round((Math.min(level, scale) / scale) * 100));
      return `M${at} 100v-${height}h1v${height}z`;
    })
    .join('');
}
