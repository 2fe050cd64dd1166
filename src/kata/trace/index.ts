import { graphsOf, type SpanGraph } from '../evidence/span-graphs.js';
import type { History } from '../history.js';
import { namesIn, type Name } from './names.js';
import { seenOf } from './seen.js';
import { traced } from './traced.js';
import type { Thread } from './types.js';

export type { Gap, Thread, TracedSpan } from './types.js';

/** Which one is asked for: by a name of it, or the one that stands out. */
export type Wanted =
  { readonly by: 'name'; readonly name: string } | { readonly by: 'slowest' | 'failed' };

/**
 * The thread of one request of a case: undefined where nothing of it was seen. By a name it is found
 * also where no program has told of it.
 */
export function threadOf(history: History, wanted: Wanted): Thread | undefined {
  const names = namesIn(history);
  const graphs = graphsOf(history.spans);
  if (wanted.by === 'name') return byName(history, graphs, names, wanted.name);
  if (wanted.by === 'slowest') return bySlowest(history, graphs, names);
  const graph = graphs.find(hasFailed);
  return graph && threadAbout(history, graphs, namesOfGraph(graph, names));
}

/** Where that is the first one, programs may still have been starting: the next is told as well. */
function bySlowest(
  history: History,
  graphs: readonly SpanGraph[],
  names: readonly Name[],
): Thread | undefined {
  const [graph, next] = graphs.toSorted((a, b) => lengthOf(b) - lengthOf(a));
  if (graph === undefined) return undefined;
  const thread = threadAbout(history, graphs, namesOfGraph(graph, names));
  const isFirst = graphs.every((one) => startOf(graph) <= startOf(one));
  const [name] = next && isFirst ? namesOfGraph(next, names) : [];
  if (next === undefined || name === undefined) return thread;
  return { ...thread, afterFirst: { name, ms: lengthOf(next) / 1000 } };
}

function byName(
  history: History,
  graphs: readonly SpanGraph[],
  names: readonly Name[],
  name: string,
): Thread | undefined {
  const wanted = name.toLowerCase();
  const known = names.find(({ all }) => all.some((one) => one === name || one === wanted));
  const graph = graphs.find(
    ({ spans, traceIds }) =>
      traceIds.some((id) => wanted.length >= 8 && id.startsWith(wanted)) ||
      spans.some(({ attributes }) => Object.values(attributes).includes(name)),
  );
  const about = new Set([...(known?.all ?? []), ...(graph ? namesOfGraph(graph, names) : [])]);
  return about.size === 0 ? undefined : threadAbout(history, graphs, [...about]);
}

function threadAbout(
  history: History,
  graphs: readonly SpanGraph[],
  about: readonly string[],
): Thread {
  const own = graphs.filter((graph) => isAbout(graph, about));
  const traceIds = [...new Set(own.flatMap((graph) => graph.traceIds))];
  const names = [...new Set([...about.filter((name) => !traceIds.includes(name)), ...traceIds])];
  return { names, traceIds, ...traced(own), seen: seenOf(history, names) };
}

function isAbout({ traceIds, spans }: SpanGraph, about: readonly string[]): boolean {
  return (
    traceIds.some((id) => about.includes(id)) ||
    spans.some(({ attributes }) =>
      Object.values(attributes).some((value) => typeof value === 'string' && about.includes(value)),
    )
  );
}

/** What clients called the one that this graph is about; and its own trace ids. */
function namesOfGraph(graph: SpanGraph, names: readonly Name[]): string[] {
  const told = new Set<unknown>([
    ...graph.traceIds,
    ...graph.spans.flatMap(({ attributes }) => Object.values(attributes)),
  ]);
  const known = names.find(({ all }) => all.some((name) => told.has(name)));
  return [...(known?.all ?? []), ...graph.traceIds];
}

function lengthOf(graph: SpanGraph): number {
  return Math.max(...graph.spans.map(({ endUs }) => endUs)) - startOf(graph);
}

const startOf = ({ spans }: SpanGraph): number => Math.min(...spans.map(({ startUs }) => startUs));

const hasFailed = ({ spans }: SpanGraph): boolean => spans.some(({ status }) => status === 'error');
