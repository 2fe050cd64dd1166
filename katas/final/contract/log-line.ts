/** An object of JSON that says how grave it is, and what. */
export function isRightLine(text: string): boolean {
  try {
    const { level, message } = (JSON.parse(text) ?? {}) as { level?: unknown; message?: unknown };
    return typeof level === 'string' && typeof message === 'string';
  } catch {
    return false;
  }
}
