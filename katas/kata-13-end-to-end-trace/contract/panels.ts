import type { Labels, Text } from '../../../src/kata/index.js';
import { httpSeconds, processed, workSeconds } from '../contract.js';
import { badShare, budget } from './objective.js';

/** A graph of the dashboard: one expression over time. */
export interface Panel {
  readonly id: string;
  readonly title: Text;
  readonly unit: string;
  /** @param of what selects the series: `run="…"` · @param window such as `5m` */
  readonly expression: (of: string, window: string) => string;
}

const orders = (of: string, more = ''): string => `{${of},http_route="/orders"${more}}`;

const quantile = (share: number, metric: string, labels: string, window: string): string =>
  `1000 * histogram_quantile(${share}, sum by (le) (rate(${metric}_bucket${labels}[${window}])))`;

/** Rate, errors and time of the edge; the same of the worker; and what of the budget is burnt. */
export const panels: readonly Panel[] = [
  {
    id: 'orders',
    title: { en: 'orders asked for', es: 'pedidos recibidos' },
    unit: '/s',
    expression: (of, window) => `sum(rate(${httpSeconds}_count${orders(of)}[${window}]))`,
  },
  {
    id: 'bad',
    title: { en: 'late or failed', es: 'tardíos o fallidos' },
    unit: '%',
    expression: (of, window) => `100 * sum(${selected(badShare(window), of)})`,
  },
  {
    id: 'median',
    title: { en: 'half take at most', es: 'la mitad tarda como mucho' },
    unit: 'ms',
    expression: (of, window) => quantile(0.5, httpSeconds, orders(of), window),
  },
  {
    id: 'p99',
    title: { en: '99 of 100 take at most', es: '99 de 100 tardan como mucho' },
    unit: 'ms',
    expression: (of, window) => quantile(0.99, httpSeconds, orders(of), window),
  },
  {
    id: 'worked',
    title: { en: 'messages worked on', es: 'mensajes procesados' },
    unit: '/s',
    expression: (of, window) => `sum(rate(${processed}{${of}}[${window}]))`,
  },
  {
    id: 'work-p99',
    title: { en: '99 of 100 messages take at most', es: '99 de 100 mensajes tardan como mucho' },
    unit: 'ms',
    expression: (of, window) => quantile(0.99, workSeconds, `{${of}}`, window),
  },
  {
    id: 'waiting',
    title: { en: 'taken and not yet worked on', es: 'aceptados y aún sin procesar' },
    unit: '',
    expression: (of) =>
      `clamp_min(sum(${httpSeconds}_count${orders(of, ',http_response_status_code="202"')}) - sum(${processed}{${of},outcome="ok"}), 0)`,
  },
  {
    id: 'burn',
    title: { en: 'budgets burnt at once', es: 'presupuestos gastados a la vez' },
    unit: '×',
    expression: (of, window) =>
      `sum(${selected(badShare(window), of)}) / ${Number(budget.toFixed(6))}`,
  },
];

/** The same expression, of the series that are asked for alone. */
const selected = (expression: string, of: string): string =>
  expression.replaceAll('{http_route=', `{${of},http_route=`);

/** Note `panels`: what each came to. */
export interface PanelsNote {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly stepMs: number;
  readonly panels: readonly PanelSeen[];
}

export interface PanelSeen {
  readonly id: string;
  readonly expression: string;
  readonly series: readonly { readonly labels: Labels; readonly points: number }[];
  /** One a step; null where there is nothing. */
  readonly values: readonly (number | null)[];
}
