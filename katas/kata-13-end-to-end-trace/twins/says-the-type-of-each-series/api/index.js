// A page that is put together from one piece for each series.
import { api, Histogram } from '../../twin.mjs';

const { text } = Histogram.prototype;
Histogram.prototype.text = function () {
  const type = `# TYPE ${this.name} histogram`;
  return text.call(this).replace(/^.*le="0\.005".*$/gm, `${type}\n$&`);
};

await api();
