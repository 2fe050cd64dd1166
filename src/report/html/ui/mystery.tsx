import { mysteryTexts } from '../../../i18n/mystery.js';
import { uiTexts } from '../../../i18n/ui.js';
import {
  figuresOf,
  lookAt,
  metricColumns,
  type MysteryRun,
  type MysteryView,
  type SolvedView,
} from '../../view/mystery.js';
import { foreignRecord } from '../../view/foreign.js';
import { Table } from '../table.js';
import { linkTo, served, type Place } from './shell.js';

/** Neither: none was begun yet, or it has not been run to its end. */
export interface MysteryPage {
  readonly open?: MysteryView;
  /** Where none is open: what the last one was. */
  readonly last?: SolvedView;
  readonly how?: 'right' | 'gaveUp';
}

/** Something is wrong in a system, and the learner finds what. */
export function mysteryPage(place: Place, given: MysteryPage): string {
  const { locale } = place;
  const { open, last, how = 'right' } = foreignRecord(given);
  const t = mysteryTexts[locale];
  return served(
    place,
    t.pageTitle,
    <>
      <h1>{open === undefined ? t.pageTitle : t.title(open.number)}</h1>
      {open === undefined ? (
        <>
          <p>{t.what}</p>
          <form method="post" action={linkTo(place, 'mystery/begin')}>
            <button>{last === undefined ? t.begin : t.beginAnother}</button>
          </form>
          {last !== undefined && <Solved {...{ place, last, how }} />}
        </>
      ) : (
        <Open {...{ place, open }} />
      )}
    </>,
  );
}

function Open({ place, open }: { readonly place: Place; readonly open: MysteryView }) {
  const { locale } = place;
  const t = mysteryTexts[locale];
  const { opening, run, hints, hintsLeft, wrong, causes } = open;
  return (
    <>
      <section>
        <p>{opening.complaint[locale]}</p>
        {figuresOf(locale, opening).map((line) => (
          <p>{line}</p>
        ))}
        <h2>{t.means}</h2>
        <ul>
          {opening.about.map((id) => (
            <li>
              <a href={linkTo(place, `${traceOf(run)}?id=${encodeURIComponent(id)}`)}>{id}</a>
            </li>
          ))}
          <li>
            <a href={linkTo(place, traceOf(run))}>{t.traceSlowest}</a>
          </li>
          <li>
            <a href={linkTo(place, runOf(run))}>{t.page}</a>
          </li>
        </ul>
      </section>
      <section>
        <h2>{t.metrics}</h2>
        <Table
          {...{ locale, caption: t.metrics, rows: opening.metrics }}
          columns={metricColumns(locale)}
        />
      </section>
      <section>
        <h2 id="hints">{t.hints}</h2>
        <ol>
          {hints.map((hint) => (
            <li>{hint[locale]}</li>
          ))}
        </ol>
        {hintsLeft > 0 && (
          <form method="post" action={linkTo(place, 'mystery/hint')}>
            <button>{t.takeHint(hintsLeft)}</button>
          </form>
        )}
      </section>
      <section>
        <h2>{t.causes}</h2>
        {wrong.length > 0 && <p class="bad">{t.named(wrong.join(', '))}</p>}
        <form method="post" action={linkTo(place, 'mystery/answer')}>
          {causes.map(({ name, title }) => (
            <p>
              <label>
                <input type="radio" name="cause" value={name} required /> {title[locale]}{' '}
                <small>{name}</small>
              </label>
            </p>
          ))}
          <button>{t.answer}</button>
        </form>
        <form method="post" action={linkTo(place, 'mystery/give-up')}>
          <button>{t.giveUp}</button>
        </form>
      </section>
    </>
  );
}

interface SolvedProps {
  readonly place: Place;
  readonly last: SolvedView;
  readonly how: 'right' | 'gaveUp';
}

function Solved({ place, last, how }: SolvedProps) {
  const { locale } = place;
  const t = mysteryTexts[locale];
  const { number, cause, title, shown, past } = last;
  return (
    <section>
      <h2>{t.title(number)}</h2>
      <p>
        <b>{t[how](cause, title[locale])}</b>
      </p>
      {shown === undefined ? (
        <p>{t.runGone}</p>
      ) : (
        <>
          <p>{shown.evidence.story[locale]}</p>
          <h3>{t.way}</h3>
          <ol>
            {shown.evidence.looks.map((look) => (
              <li>
                {look.at === 'trace' ? (
                  <a
                    href={linkTo(
                      place,
                      `${traceOf(shown.run)}?id=${encodeURIComponent(look.find)}`,
                    )}
                  >
                    {look.find}
                  </a>
                ) : (
                  <code>{lookAt(locale, look, shown.run)}</code>
                )}
                : {look.sees[locale]}
              </li>
            ))}
          </ol>
          <p>
            <a href={linkTo(place, runOf(shown.run))}>{uiTexts[locale].look}</a>
          </p>
        </>
      )}
      <p>{t.past(past.found, past.all)}</p>
    </section>
  );
}

/** `runs/mystery/<time>` */
const runOf = ({ folder }: MysteryRun): string =>
  `runs/mystery/${encodeURIComponent(folder.split(/[/\\]/).at(-1) ?? '')}`;

const traceOf = (run: MysteryRun): string => `${runOf(run)}/trace`;
