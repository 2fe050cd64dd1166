/**
 * The statements of a text that has several, as a server would run them one after the other. Quotes,
 * dollar quotes and comments may hold a semicolon. An empty text is one empty statement.
 */
export function splitStatements(sql: string): string[] {
  if (!sql.includes(';')) return [sql.trim()];
  const found: string[] = [];
  let from = 0;
  for (const match of sql.matchAll(token)) {
    if (match[0] !== ';') continue;
    found.push(sql.slice(from, match.index).trim());
    from = match.index + 1;
  }
  found.push(sql.slice(from).trim());
  const real = found.filter((one) => one.replace(comment, '').trim() !== '');
  return real.length > 0 ? real : [''];
}

const token =
  /'(?:[^']|'')*'?|"[^"]*"?|\$([A-Za-z_]\w*)?\$.*?(?:\$\1\$|$)|--[^\n]*|\/\*.*?(?:\*\/|$)|;/gs;
const comment = /--[^\n]*|\/\*.*?(?:\*\/|$)/gs;
