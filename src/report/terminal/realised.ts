import { Chalk } from 'chalk';
import { knowsLinks, withLinks } from './links.js';
import { isTerminal, ownMark, styleNames, wantsColour, type StyleName } from './style.js';
import { foreign } from '../view/foreign.js';

const mark = new RegExp(ownMark, 'g');

/** Our styles as chalk makes them for that stream; every other control character is shown. */
export function realised(text: string, descriptor: 1 | 2): string {
  const chalk = new Chalk({ level: wantsColour(descriptor) ? 1 : 0 });
  const whole = { text: '' };
  const open: Open[] = [];
  const add = (more: string): void => {
    (open.at(-1) ?? whole).text += more;
  };
  const close = (): void => {
    const ended = open.pop();
    if (ended) add(chalk[ended.name](ended.text));
  };
  // Between two texts stand the two numbers of a mark.
  const [first = '', ...rest] = text.split(mark);
  add(foreign(first));
  for (let at = 0; at < rest.length; at += 3) {
    const name = styleNames[Number(rest[at])];
    if (name && rest[at + 1] === '1') open.push({ name, text: '' });
    else close();
    add(foreign(rest[at + 2] ?? ''));
  }
  while (open.length > 0) close();
  return wantsLinks(descriptor) ? withLinks(whole.text) : whole.text;
}

/** Only where a person looks: what is piped stays plain, also where colours are forced. */
function wantsLinks(descriptor: 1 | 2): boolean {
  return knowsLinks(process.env) && isTerminal(descriptor);
}

/** A style that has begun, and what it holds so far. */
interface Open {
  readonly name: StyleName;
  text: string;
}
