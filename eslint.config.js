import boundaries from 'eslint-plugin-boundaries';
import tseslint from 'typescript-eslint';

/**
 * What each layer may import. Imports run one way, and siblings do not import each other:
 * main → commands → plan, lab, report; lab → services → register, history → kata → base (errors,
 * units), i18n.
 */
const base = ['base', 'i18n'];
const layers = {
  base: ['base', 'i18n'],
  i18n: base,
  kata: ['kata', ...base],
  plan: ['plan', 'kata', ...base],
  register: ['register', 'kata', ...base],
  history: ['history', 'kata', ...base],
  services: ['services', 'register', 'history', 'kata', ...base],
  lab: ['lab', 'services', 'register', 'history', 'kata', ...base],
  // Faces of one view: none of them looks into another.
  view: ['view', 'kata', ...base],
  terminal: ['terminal', 'view', 'kata', ...base],
  markdown: ['markdown', 'view', 'kata', ...base],
  html: ['html', 'view', 'kata', ...base],
  commands: [
    ...['commands', 'plan', 'lab', 'services', 'register'],
    ...['view', 'terminal', 'markdown', 'html', 'kata', ...base],
  ],
  // In the browser: what the page that it is on is drawn with.
  browser: ['browser', 'html'],
  'a-kata': ['a-kata', 'kata', 'a-kit', ...base],
  'a-kit': ['a-kit'],
};

const onlyReportersPrint = {
  selector:
    "MemberExpression[object.name='process'][property.name=/^(stdout|stderr)$/] > Identifier.object",
  message: 'Only src/report/terminal prints.',
};

const onlyTheContract = [
  {
    regex: 'src/(?!kata/index\\.js$)',
    message: 'A kata imports only src/kata/index.js: what one from outside has as well.',
  },
];

const localeIsGiven = {
  group: ['**/i18n/text.js'],
  importNames: ['texts', 'say', 'getLocale', 'setLocale'],
  message: 'A report is told in which language: the locale is an argument.',
};

const noSleep = ['timers', 'timers/promises', 'node:timers', 'node:timers/promises'].map(
  (name) => ({ name, message: 'A kata never sleeps: it waits for a condition, with lab.until.' }),
);

export default tseslint.config(
  {
    ignores: [
      ...[
        '**/dist/',
        '**/target/',
        'node_modules/',
        'results/',
        'coverage/',
        'katas/**/go/',
        'journal/',
      ],
      // Stored runs with the programs that made them, as they were.
      'test/fixtures/',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js', 'bin/*.js', 'scripts/*.mjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-console': 'error',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-depth': ['error', 3],
      complexity: ['error', 15],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}', 'katas/**/*.ts'],
    plugins: { boundaries },
    settings: {
      'import/resolver': { typescript: { alwaysTryTypes: false } },
      'boundaries/elements': [
        { type: 'base', pattern: 'src/base/**', partialMatch: false },
        { type: 'i18n', pattern: 'src/i18n/**', partialMatch: false },
        { type: 'browser', pattern: 'src/browser/**', partialMatch: false },
        { type: 'commands', pattern: 'src/commands/**', partialMatch: false },
        { type: 'plan', pattern: 'src/plan/**', partialMatch: false },
        { type: 'register', pattern: 'src/register/**', partialMatch: false },
        { type: 'history', pattern: 'src/history/**', partialMatch: false },
        { type: 'services', pattern: 'src/services/**', partialMatch: false },
        { type: 'lab', pattern: 'src/lab/**', partialMatch: false },
        ...['view', 'terminal', 'markdown', 'html'].map((type) => ({
          ...{ type, pattern: `src/report/${type}/**`, partialMatch: false },
        })),
        { type: 'kata', pattern: 'src/kata/**', partialMatch: false },
        { type: 'a-kit', pattern: 'katas/kit/**', partialMatch: false },
        { type: 'a-kata', pattern: 'katas/*/**', partialMatch: false },
      ],
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: [
            { allow: { to: { module: { origin: ['external', 'core'] } } } },
            ...Object.entries(layers).map(([from, to]) => ({
              from: { element: { type: from } },
              allow: { to: { element: { types: { anyOf: to } } } },
            })),
          ],
        },
      ],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}', 'katas/**/*.ts'],
    // A program under test prints for itself.
    ignores: [
      'src/report/terminal/**',
      '**/*.test.ts',
      'katas/*/node/**',
      'katas/*/*/node/**',
      'katas/kit/**',
    ],
    rules: { 'no-restricted-syntax': ['error', onlyReportersPrint] },
  },
  {
    files: ['src/report/**/*.{ts,tsx}'],
    // What cannot be written at all is a fault, as anywhere below.
    ignores: ['**/*.test.ts', 'src/report/terminal/output.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [localeIsGiven] }] },
  },
  {
    files: ['katas/**/*.ts'],
    ignores: [
      '**/*.test.ts',
      '**/*.histories.ts',
      'katas/*/node/**',
      'katas/*/*/node/**',
      'katas/kit/**',
    ],
    rules: { 'no-restricted-imports': ['error', { patterns: onlyTheContract, paths: noSleep }] },
  },
  {
    // Broken twins are wrong on purpose, and plain JavaScript, as a learner would write them.
    files: ['**/*.js', '**/*.mjs'],
    ...tseslint.configs.disableTypeChecked,
    rules: { ...tseslint.configs.disableTypeChecked.rules, 'no-console': 'off', complexity: 'off' },
  },
  {
    // CommonJS, which Node starts sooner: see src/quick.ts.
    files: ['bin/*.js'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
