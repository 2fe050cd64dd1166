import { showTexts } from '../../../i18n/show.js';
import { uiTexts } from '../../../i18n/ui.js';
import type { Locale, Text } from '../../../i18n/text.js';
import { hasPrograms, type Kata } from '../../../kata/define.js';
import { flagOf } from '../../../kata/options.js';
import type { RunOutcome, RunRecord } from '../../../kata/run-record.js';
import { commandOf, whenOf } from '../../view/environment.js';
import { foreignRecord } from '../../view/foreign.js';
import { headOf } from '../../view/head.js';
import { Markdown } from '../markdown.js';
import { Table, type HtmlColumn } from '../table.js';
import { linkTo, served, type Place } from './shell.js';

export interface KataView {
  readonly kata: Kata;
  readonly brief: string;
  readonly hints: readonly string[];
  /** So many hints were asked for. */
  readonly shown: number;
  readonly notes: readonly { readonly slug: string; readonly label: string }[];
  readonly runs: readonly RunLine[];
  readonly journal: string | undefined;
}

export interface RunLine {
  readonly name: string;
  readonly record: RunRecord;
}

export function katasPage(place: Place, katas: readonly Kata[]): string {
  const { locale } = place;
  return served(
    place,
    uiTexts[locale].katas,
    <>
      <h1>{uiTexts[locale].katas}</h1>
      <ul class="items">
        {katas.map((kata) => (
          <li>
            <a href={linkTo(place, `katas/${kata.id}`)}>{headOf(locale, kata)}</a>
          </li>
        ))}
      </ul>
    </>,
  );
}

export function kataPage(place: Place, view: KataView): string {
  const { locale } = place;
  const t = uiTexts[locale];
  const { kata, brief, notes, runs, journal } = view;
  return served(
    place,
    headOf(locale, kata),
    <>
      <header>
        <h1>{headOf(locale, kata)}</h1>
      </header>
      <section>
        <h2>{t.run}</h2>
        <RunForm {...{ place, kata }} />
      </section>
      <section>
        <h2>{t.runs}</h2>
        {runs.length === 0 ? <p>{t.noRuns}</p> : <Runs {...{ place, runs }} />}
      </section>
      <section>
        <Markdown text={brief.replace(/^# .*\n/, '')} />
      </section>
      <section>
        <h2 id="hints">{t.hints}</h2>
        <Hints {...{ place, view }} />
      </section>
      {notes.length > 0 && (
        <section>
          <h2>{t.theory}</h2>
          <ul>
            {notes.map(({ slug, label }) => (
              <li>
                <a href={linkTo(place, `notes/${slug}`)}>{label}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {journal !== undefined && (
        <section>
          <h2>{t.journal}</h2>
          <p>
            <a href={linkTo(place, `journal/${kata.id}`)}>{t.journalOf}</a>
          </p>
        </section>
      )}
    </>,
  );
}

function RunForm({ place, kata }: { readonly place: Place; readonly kata: Kata }) {
  const { locale } = place;
  const t = uiTexts[locale];
  const strategies = Object.entries(kata.strategies);
  return (
    <form class="fields" method="post" action={linkTo(place, `katas/${kata.id}/runs`)}>
      <label>
        {t.strategy}
        <select name="strategy">
          <option value="">{t.theLesson}</option>
          {strategies.map(([name, does]) => (
            <option value={name}>
              {name}: {does[locale]}
            </option>
          ))}
        </select>
      </label>
      {hasPrograms(kata) && kata.languages.length > 1 && (
        <Choice {...{ locale, name: 'lang', label: t.language, choices: kata.languages }} />
      )}
      {hasPrograms(kata) && (
        <label>
          {t.own}
          <input name="impl" autocomplete="off" spellcheck={false} />
          <small>{t.ownHelp}</small>
        </label>
      )}
      {Object.entries(kata.options).map(([name, spec]) =>
        spec.kind === 'choice' ? (
          <Choice
            {...{ locale, name: flagOf(name), label: flagOf(name), choices: spec.choices }}
            help={spec.help}
            otherwise={spec.default}
          />
        ) : (
          <label>
            {flagOf(name)}
            <input
              type="number"
              {...{ name: flagOf(name), min: spec.min, max: spec.max }}
              placeholder={String(spec.default)}
            />
            <small>{spec.help[locale]}</small>
          </label>
        ),
      )}
      {hasPrograms(kata) && (
        <label>
          <input type="checkbox" name="explain" value="yes" /> {t.explain}
        </label>
      )}
      <button class="main">{t.start}</button>
    </form>
  );
}

interface ChoiceProps {
  readonly locale: Locale;
  readonly name: string;
  readonly label: string;
  readonly choices: readonly string[];
  readonly help?: Text;
  readonly otherwise?: string;
}

function Choice({ locale, name, label, choices, help, otherwise }: ChoiceProps) {
  return (
    <label>
      {label}
      <select name={name}>
        <option value="">
          {otherwise === undefined ? '–' : uiTexts[locale].asItIs(otherwise)}
        </option>
        {choices.map((choice) => (
          <option value={choice}>{choice}</option>
        ))}
      </select>
      {help && <small>{help[locale]}</small>}
    </label>
  );
}

/** One at a time, and each is an address of its own. */
function Hints({ place, view }: { readonly place: Place; readonly view: KataView }) {
  const { kata, hints, shown } = view;
  const t = uiTexts[place.locale];
  return (
    <>
      {hints.slice(0, shown).map((hint, at) => (
        <article>
          <h3>{t.hintOf(at + 1)}</h3>
          <Markdown text={hint} />
        </article>
      ))}
      {shown < hints.length && (
        <p>
          <a class="button" href={linkTo(place, `katas/${kata.id}?hints=${shown + 1}#hints`)}>
            {t.nextHint(shown + 1, hints.length)}
          </a>
        </p>
      )}
    </>
  );
}

const tones: Readonly<Record<RunOutcome, string>> = {
  'as-expected': 'good',
  violated: 'bad',
  inconclusive: 'warn',
  error: 'bad',
  interrupted: 'warn',
};

const marks: Readonly<Record<RunOutcome, string>> = {
  'as-expected': '✔',
  violated: '✘',
  inconclusive: '?',
  error: '!',
  interrupted: '…',
};

function Runs({ place, runs }: { readonly place: Place; readonly runs: readonly RunLine[] }) {
  const { locale } = place;
  const t = uiTexts[locale];
  const rows = runs.map(({ name, record }) => ({ name, record: foreignRecord(record) }));
  const columns: HtmlColumn<RunLine>[] = [
    {
      ...{ head: t.when, align: 'left' },
      cell: ({ name, record }) => (
        <a href={linkTo(place, `runs/${record.kata}/${name}`)}>{whenOf(record)}</a>
      ),
    },
    {
      ...{ head: t.outcome, align: 'left' },
      cell: ({ record: { outcome } }) => (
        <span class={`verdict ${tones[outcome]}`}>
          <span class="mark" aria-hidden="true">
            {marks[outcome]}
          </span>{' '}
          {showTexts[place.locale].outcomes[outcome]}
        </span>
      ),
    },
    {
      ...{ head: t.typed, align: 'left' },
      cell: ({ record }) => <code>{commandOf(record)}</code>,
    },
  ];
  return <Table {...{ locale, columns, rows, caption: t.runs }} />;
}
