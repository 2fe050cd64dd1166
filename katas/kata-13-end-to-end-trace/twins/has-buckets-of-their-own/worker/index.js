// Each bucket counts what lies between its borders.
import { Histogram, worker } from '../../twin.mjs';

class Separate extends Histogram {
  isIn(seconds, n, border) {
    const isHere = super.isIn(seconds, n, border) && (n === 0 || seconds > this.before);
    this.before = border;
    return isHere;
  }
}
await worker({ histogram: Separate });
