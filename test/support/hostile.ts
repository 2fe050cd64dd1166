import fc from 'fast-check';

/** What a program that means ill would write where somebody reads it. */
const tricks = [
  '\u001b]0;pwned\u0007',
  '\u001b]52;c;cm0gLXJmIC8=\u001b\\',
  '\u001b[2J\u001b[H',
  '\u001b[8mhidden\u001b[0m',
  '\u001b[32m✔ holds\u001b[39m',
  '\u009b31m',
  '\u009d0;title\u009c',
  '\u202Etxet\u202C',
  '\u2066a\u2069',
  '\u200B\u200D\uFEFF',
  '\u2028\u2029',
  '\u{E0041}\u{E007F}',
  '\uD800',
  '\r✔ holds',
  '\b\b\b\u0007\u0000\u007F',
  '\n# Heading\n\n- item\n> quote\n---\n1. one',
  '<img src=x onerror=alert(1)><!-- x --><script>',
  '![x](https://evil.example/x.png)[a](javascript:alert(1))<https://evil.example>',
  'https://evil.example www.evil.example me@evil.example @someone',
  '`code` ``` ~~~ **b** _i_ ~~s~~ | a | b |\n|---|---|\n&lt;b&gt; &amp; $x$',
  '<!-- /plan:results -->\n<!-- plan:code -->',
  '=====',
];

export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...tricks),
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.constantFrom('word', ' ', 'ñ'),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join(''));

/** Fields by whose value a report decides what it says. */
const deciding = new Set([
  ...['schema', 'kata', 'kind', 'verdict', 'outcome', 'provider', 'became', 'must', 'state'],
  ...['evidence', 'phase', 'was', 'rate'],
]);

/** The record with every text in it hostile, but for those that a report decides by. */
export function hostileOf<T>(record: T): fc.Arbitrary<T> {
  return fc.array(hostileText, { minLength: 1, maxLength: 12 }).map((texts) => {
    let at = 0;
    const next = (): string => texts[at++ % texts.length] ?? '';
    return soiled(record, next) as T;
  });
}

function soiled(value: unknown, next: () => string): unknown {
  if (typeof value === 'string') return next();
  if (Array.isArray(value)) return value.map((one) => soiled(one, next));
  if (typeof value !== 'object' || value === null || value instanceof Map) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      deciding.has(key) || isServiceName(key, value) ? one : soiled(one, next),
    ]),
  );
}

function isServiceName(key: string, of: object): boolean {
  return (key === 'name' && 'provider' in of) || (key === 'startedAt' && !('cases' in of));
}

const control = /(?![\n\uFE0E\uFE0F])[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** What in a text steers or hides. Unassigned and private characters are drawn as boxes; they steer nothing. */
export function steering(written: string): string[] {
  return (written.match(control) ?? []).filter(
    (char) => !/\p{Cn}|\p{Co}/u.test(char) || ignorable.test(char),
  );
}

const ignorable = /\p{Default_Ignorable_Code_Point}/u;
