/** A URL as people and records may see it: the password, if it has one, is `***`. */
export function maskUrl(url: string): string {
  try {
    const parsed = new URL(url);
    if (parsed.password) parsed.password = '***';
    if (parsed.searchParams.has('password')) parsed.searchParams.set('password', '***');
    return parsed.href;
  } catch {
    // Not a URL: nothing in it can be told from a password.
    return '***';
  }
}

/** A text (a log, a driver's message) without the passwords of the URLs in it. */
export function maskText(text: string): string {
  return text.replaceAll(/([a-z][a-z\d+.-]*:\/\/[^\s:@/]*):[^\s@/]+@/gi, '$1:***@');
}
