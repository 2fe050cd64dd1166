import { uiTexts } from '../../../i18n/ui.js';
import { reportTexts } from '../../../i18n/report.js';
import type { Locale, Text } from '../../../i18n/text.js';
import { foreignRecord } from '../../view/foreign.js';
import type { ProgressView } from '../../view/progress.js';
import { Months, Next, ProgressHead } from '../progress.js';
import { linkTo, served, type Place } from './shell.js';

export interface PlanView {
  readonly progress: ProgressView;
  readonly months: readonly {
    readonly number: number;
    readonly title: Text;
    readonly done: number;
    readonly total: number;
    readonly blocks: readonly BlockView[];
  }[];
  readonly final: { readonly title: Text; readonly items: readonly ItemView[] };
  /** Of this week, by their ids. */
  readonly now: ReadonlySet<string>;
}

interface BlockView {
  readonly title: Text;
  readonly weeks: readonly [number, number];
  readonly items: readonly ItemView[];
}

export interface ItemView {
  readonly id: string;
  readonly label: Text;
  readonly kata: string | undefined;
  readonly note: string | undefined;
  readonly done: boolean;
  readonly date: string | null;
  readonly points: readonly ItemView[];
}

export function planPage(place: Place, view: PlanView): string {
  const { locale } = place;
  const t = reportTexts[locale];
  const progress = foreignRecord(view.progress);
  const current = view.months.find(({ done, total }) => done < total)?.number;
  return served(
    place,
    uiTexts[locale].plan,
    <>
      <ProgressHead {...{ locale, view: progress }} />
      <section>
        <h2>{t.next}</h2>
        <Next {...{ locale, view: progress }} />
      </section>
      <section>
        <h2>{t.byMonth}</h2>
        <Months {...{ locale, view: progress }} />
      </section>
      <section>
        <h2>{uiTexts[locale].plan}</h2>
        {view.months.map(({ number, title, done, total, blocks }) => (
          <details open={number === current} id={`month-${number}`}>
            <summary>
              {t.monthName(number, title[locale])}{' '}
              <small>
                {done}/{total}
              </small>
            </summary>
            {blocks.map((block) => (
              <>
                <h3>
                  {block.title[locale]} <small>{uiTexts[locale].week(...block.weeks)}</small>
                </h3>
                <Items {...{ place, items: block.items, now: view.now }} />
              </>
            ))}
          </details>
        ))}
        <details open={current === undefined}>
          <summary>{view.final.title[locale]}</summary>
          <Items {...{ place, items: view.final.items, now: view.now }} />
        </details>
      </section>
    </>,
  );
}

interface ItemsProps {
  readonly place: Place;
  readonly items: readonly ItemView[];
  readonly now: ReadonlySet<string>;
}

function Items({ place, items, now }: ItemsProps) {
  const { locale } = place;
  return (
    <ul class="items">
      {items
        .flatMap((item) => [item, ...item.points])
        .map((item) => (
          <li class={now.has(item.id) ? 'now' : undefined} id={item.id}>
            <span class={`mark ${item.done ? 'good' : ''}`} aria-hidden="true">
              {item.done ? '✔' : '·'}
            </span>
            <span class="what">
              <span class="unseen">{stateOf(locale, item)}: </span>
              {item.label[locale]} <Ways {...{ place, item }} />
            </span>
            <form class="inline" method="post" action={linkTo(place, 'ticks')}>
              <input type="hidden" name="id" value={item.id} />
              <input type="hidden" name="is" value={item.done ? 'no' : 'yes'} />
              <button class="tick" aria-label={tickName(locale, item)}>
                {item.done ? uiTexts[locale].untick : uiTexts[locale].tick}
              </button>
            </form>
          </li>
        ))}
    </ul>
  );
}

function Ways({ place, item }: { readonly place: Place; readonly item: ItemView }) {
  const t = uiTexts[place.locale];
  return (
    <small>
      {item.kata !== undefined && <a href={linkTo(place, `katas/${item.kata}`)}>{item.kata}</a>}{' '}
      {item.note !== undefined && <a href={linkTo(place, `notes/${item.note}`)}>{t.note}</a>}{' '}
      {item.date ?? ''}
    </small>
  );
}

const stateOf = (locale: Locale, { done }: ItemView): string =>
  done ? uiTexts[locale].done : uiTexts[locale].openItem;

const tickName = (locale: Locale, { done, label }: ItemView): string =>
  done ? uiTexts[locale].untickOf(label[locale]) : uiTexts[locale].tickOf(label[locale]);
