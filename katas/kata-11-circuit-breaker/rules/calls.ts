import {
  counted,
  finding,
  withinTolerance,
  type Finding,
  type Text,
} from '../../../src/kata/index.js';
import { mostCalls, nobodyMs } from '../contract.js';
import type { Scene } from '../notes.js';
import { shown, type Call, type Request, type Story } from '../story.js';

/** A storm: the more fails, the more is asked. */
export function callsAreBounded(story: Story): Finding {
  const rule: Text = {
    en: 'Hardly more calls come to the dependency than requests came: a tenth more, and ten; and none that nobody asked for.',
    es: 'A la dependencia llegan pocas más llamadas que peticiones hubo: un décimo más, y diez; y ninguna que nadie pidiera.',
  };
  const [stranger] = story.strangers;
  if (stranger)
    return finding('calls-are-bounded', rule, {
      story: {
        en: `a call for ${stranger.path} came (history line ${stranger.line}), which no client had asked for.`,
        es: `llegó una llamada por ${stranger.path} (línea ${stranger.line} del historial), que ningún cliente había pedido.`,
      },
      lines: [stranger.line],
    });
  const all = story.of('outage');
  const calls = all.reduce((sum, one) => sum + one.calls.length, 0);
  const worst = all.reduce<Request | undefined>(
    (most, one) => (most && most.calls.length >= one.calls.length ? most : one),
    undefined,
  );
  const most = mostCalls(all.length);
  if (calls <= most || !worst) return forNobody(rule, story);
  return finding('calls-are-bounded', rule, {
    story: {
      en: `${counted.en(all.length, 'request', 'requests')} became ${counted.en(calls, 'call', 'calls')}, and ${most} would have been allowed; for ${worst.id} alone there were ${worst.calls.length}.`,
      es: `${counted.es(all.length, 'petición se convirtió', 'peticiones se convirtieron')} en ${counted.es(calls, 'llamada', 'llamadas')}, y se permitían ${most}; solo por ${worst.id} hubo ${worst.calls.length}.`,
    },
    lines: [...worst.calls.map(({ line }) => line), worst.line],
  });
}

interface Unattended {
  readonly scene: Scene;
  readonly request: Request;
  readonly call: Call;
  readonly ms: number;
}

/** Where nobody asks for a while, or all the while, and it is measured how late this machine is. */
const scenes: readonly Scene[] = ['outage', 'nearly'];

/** The client of the last request for it had been rejected long before the call came: nobody waits for it. */
function forNobody(rule: Text, story: Story): Finding {
  const latest = scenes
    .flatMap((scene) => story.of(scene).flatMap((request) => unattendedOf(scene, request)))
    .reduce<Unattended | undefined>(
      (most, one) => (most && most.ms >= one.ms ? most : one),
      undefined,
    );
  if (!latest || latest.ms <= 0) return finding('calls-are-bounded', rule, undefined);
  const { scene, request, call, ms } = latest;
  const margin = {
    what: {
      en: 'a call after its client was rejected',
      es: 'una llamada tras el rechazo a su cliente',
    },
    ...{ value: ms, limit: nobodyMs, unit: 'ms' },
    resolution: story.pulses(scene).worst(request.end, call.at),
  };
  return withinTolerance('calls-are-bounded', rule, margin, () => ({
    story: {
      en: `a call for ${request.id} came (history line ${call.line}) ${shown(ms)} ms after its client had been rejected, and nobody else had asked for it.`,
      es: `llegó una llamada por ${request.id} (línea ${call.line} del historial) ${shown(ms)} ms después de rechazarse a su cliente, y nadie más lo había pedido.`,
    },
    lines: [request.line, call.line],
  }));
}

/** Of those that were told that no call was made: a call that timed out may still be on its way. */
const unattendedOf = (scene: Scene, request: Request): Unattended[] =>
  request.answer?.status === 503
    ? request.calls.map((call) => ({ scene, request, call, ms: (call.at - request.end) / 1000 }))
    : [];
