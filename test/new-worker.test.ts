import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDesk, runDecided, type Desk } from './support/cli.js';
import { everything } from './support/everything.js';
import { describeWith, needs, type Requirement } from './support/requires.js';

/** The first build of a language fetches and compiles its libraries. */
const patience = { timeout: 600_000 };

const sql = `INSERT INTO charges (payment, account, amount, natural_key) VALUES ($1, $2, $3, $1)
  ON CONFLICT (natural_key) DO NOTHING`;

const inNode = [
  [
    "throw new Error('not written yet');",
    `const { payment, account, amount } = JSON.parse(message.content.toString());
  await pool.query(\`${sql}\`, [payment, account, amount]);`,
  ],
] as const;

/** What a learner writes into what `plan new kata-6` lays down. */
const solutions = {
  javascript: { file: 'main.js', changes: inNode },
  typescript: { file: 'main.ts', changes: inNode },
  go: {
    file: 'main.go',
    changes: [
      [
        'return errors.New("not written yet")',
        `var taken struct {
		Payment, Account string
		Amount           int
	}
	if err := json.Unmarshal(message.Body, &taken); err != nil {
		return errors.New("no payment")
	}
	_, err := pool.Exec(context.Background(), \`${sql}\`, taken.Payment, taken.Account, taken.Amount)
	return err`,
      ],
    ],
  },
  python: {
    file: 'main.py',
    changes: [
      [
        'raise NotImplementedError("not written yet")',
        `taken = json.loads(message.body)
    sql = """${sql.replace(/\$1, \$2, \$3, \$1/, '%(payment)s, %(account)s, %(amount)s, %(payment)s')}"""
    with pool.connection() as connection:
        connection.execute(sql, taken)`,
      ],
    ],
  },
  java: {
    file: 'Main.java',
    changes: [
      [
        'throw new UnsupportedOperationException("not written yet");',
        `String body = new String(message.getBody(), StandardCharsets.UTF_8);
        try (var connection = pool.getConnection();
                var insert = connection.prepareStatement("""
                        ${sql.replace(/\$\d/g, '?')}""")) {
            insert.setString(1, field(body, "payment"));
            insert.setString(2, field(body, "account"));
            insert.setInt(3, Integer.parseInt(field(body, "amount")));
            insert.setString(4, field(body, "payment"));
            insert.executeUpdate();
        }`,
      ],
    ],
  },
  rust: {
    file: 'src/main.rs',
    changes: [
      [
        'Err("not written yet".into())',
        `let taken: Value = serde_json::from_slice(&_message.data)?;
    let (payment, account) = (taken["payment"].as_str(), taken["account"].as_str());
    let amount = taken["amount"].as_i64().map(|amount| amount as i32);
    let client = pool().get().await?;
    client.execute("${sql}", &[&payment, &account, &amount]).await?;
    Ok(())`,
      ],
    ],
  },
} as const;

/** What builds what is laid down. */
const toolchains: readonly (readonly [keyof typeof solutions, Requirement])[] = [
  ['go', 'go'],
  ['python', 'venv'],
  ['java', 'maven'],
  ['rust', 'rust'],
];

describeWith('rabbitmq', 'plan new for a kata with a queue', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await makeDesk();
    await desk.plan('init');
    expect((await desk.plan('services', 'up', 'postgres', 'rabbitmq')).exitCode).toBe(0);
  });
  afterAll(async () => {
    await desk.plan('services', 'down');
    await desk.remove();
  });

  /** What is laid down has to connect, begin again and drain; all else is said in one language. */
  const actsFor = (language: string): string[] =>
    everything || language === 'javascript'
      ? []
      : ['flood', 'broker-away', 'sigterm'].flatMap((act) => ['--act', act]);

  const solved = async (language: keyof typeof solutions) => {
    const mine = `./kata-6-${language}`;
    expect((await desk.plan('new', 'kata-6', '--lang', language, mine)).exitCode).toBe(0);
    const { file, changes } = solutions[language];
    const place = path.join(desk.folder, mine, file);
    let program = await readFile(place, 'utf8');
    expect(program).not.toContain('{{');
    for (const [before, after] of changes) {
      expect(program).toContain(before);
      program = program.replace(before, () => after);
    }
    await writeFile(place, program);
    const words = ['kata-6', '--impl', mine, '--messages', '40', ...actsFor(language)];
    return runDecided(desk, ...words);
  };

  describe.each(['javascript', 'typescript'] as const)('in %s', (language) => {
    it('connects again, drains, and holds once it is written', patience, async () => {
      const { exitCode, record } = await solved(language);
      expect(record.cases[0]?.findings.filter(({ holds }) => !holds)).toEqual([]);
      expect(record.cases[0]?.coverage.filter(({ met }) => !met)).toEqual([]);
      expect(exitCode).toBe(0);
    });
  });

  describe('of a kata without a database', () => {
    const laidDown = async (language: string) => {
      const mine = `./kata-7-${language}`;
      expect((await desk.plan('new', 'kata-7', '--lang', language, mine)).exitCode).toBe(0);
      const { exitCode, record } = await runDecided(desk, 'kata-7', '--impl', mine);
      const broken = record.cases[0]?.findings.filter(({ holds }) => !holds) ?? [];
      return { exitCode, broken: broken.map(({ invariant }) => invariant) };
    };

    it('lays down a program that consumes, and fails until it is written', patience, async () => {
      const others = toolchains.filter(([name]) => name === 'go' || name === 'python');
      const here = others.filter(([name, need]) => needs(need, `a worker in ${name}`));
      const languages = ['javascript', ...here.map(([name]) => name)];
      const all = await Promise.all(languages.map(laidDown));
      for (const [at, one] of all.entries())
        expect(one, languages[at]).toEqual({ exitCode: 1, broken: ['finishes'] });
    });
  });

  for (const [language, need] of toolchains)
    describeWith(need, `in ${language}`, () => {
      it('connects again, drains, and holds once it is written', patience, async () => {
        const { exitCode, record } = await solved(language);
        expect(record.cases[0]?.findings.filter(({ holds }) => !holds)).toEqual([]);
        expect(exitCode).toBe(0);
      });
    });
});
