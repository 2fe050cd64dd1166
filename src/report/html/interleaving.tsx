import { explainTexts } from '../../i18n/explain.js';
import type { Locale } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import type { CaseRecord } from '../../kata/run-record.js';
import { tellInterleaving, type Told } from '../view/interleaving/told.js';
import { nameOf } from '../view/rows.js';

interface Props {
  readonly locale: Locale;
  readonly kata: Kata;
  readonly one: CaseRecord;
}

/** Two side by side, time downwards; on a narrow page one below the other, by name. */
export function InterleavingOf({ locale, kata, one }: Props) {
  const { interleaving } = one;
  if (interleaving === undefined) return null;
  const t = explainTexts[locale];
  const told = tellInterleaving(locale, interleaving);
  const { about, invariant } = interleaving;
  const rule = one.findings.find((finding) => finding.invariant === invariant)?.rule[locale];
  const why = about === 'witness' ? t.about.witness(rule ?? invariant ?? '') : t.about[about];
  return (
    <figure class="interleaving">
      <figcaption>
        <h3>{t.title(nameOf(kata, one))}</h3>
        <p>{why}</p>
      </figcaption>
      <div class={`lanes of-${told.lanes.length}`} aria-hidden="true">
        <span class="time">ms</span>
        {told.lanes.map(({ name, uses }) => (
          <span class="lane">
            <b>{name}</b> {uses !== '' && <small>{uses}</small>}
          </span>
        ))}
      </div>
      <ol class={`steps of-${told.lanes.length}`}>
        {told.steps.map((step) => (
          <StepOf step={step} name={step.lane === undefined ? '' : told.lanes[step.lane]?.name} />
        ))}
      </ol>
      {told.ends.map(({ kind, texts }) => (
        <p class={`end ${kind}`}>{texts.join(' ')}</p>
      ))}
      <details>
        <summary>{t.legend.split('.')[0]}</summary>
        <p>{told.legend}</p>
        {told.notes.map((note) => (
          <p>{note}</p>
        ))}
      </details>
    </figure>
  );
}

function StepOf({ step, name }: { readonly step: Told; readonly name: string | undefined }) {
  const { kind, lane, time, texts, isCode } = step;
  const [first = '', ...others] = texts;
  return (
    <li class={`${kind} ${lane === undefined ? 'all' : `lane-${lane}`}`}>
      <span class="time">{time}</span>
      <div class="said">
        {lane !== undefined && <b class="who">{name}</b>}
        {isCode === true ? <code>{first}</code> : <span>{first}</span>}
        {others.map((text) => (
          <span class="more">{text}</span>
        ))}
      </div>
    </li>
  );
}
