import { agreeing, counted } from '../../i18n/words.js';
import type { Coverage } from '../findings.js';

/** Without signs of life nobody knows how late this machine was, and rules about time cannot tell. */
export function pulseBeat(beats: number, fewest = 20): Coverage {
  return {
    condition: 'pulse-beat',
    met: beats >= fewest,
    story: {
      en: `${counted.en(beats, 'pulse', 'pulses')} got through meanwhile (${fewest} are needed)`,
      es: `${agreeing.es(beats, 'pasó', 'pasaron')} ${counted.es(beats, 'pulso', 'pulsos')} entretanto (hacen falta ${fewest})`,
    },
  };
}
