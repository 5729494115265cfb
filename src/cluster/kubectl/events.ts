import type { ClusterEvent } from '../control-plane/resources.ts';
import { formatSpan } from './age.ts';
import { formatCells } from './table.ts';

/** The same thing said about the same object, once or often. */
interface EventGroup {
  readonly event: ClusterEvent;
  readonly count: number;
  readonly first: number;
  readonly last: number;
}

/** Counts repeated events as a real cluster does, latest last. */
function groupEvents(events: readonly ClusterEvent[]): readonly EventGroup[] {
  const groups = new Map<string, EventGroup>();
  for (const event of events) {
    const { uid, name } = event.involvedObject;
    const key = [uid ?? name, event.reason, event.message].join('\n');
    const at = eventTime(event);
    const known = groups.get(key);
    groups.set(key, {
      event,
      count: (known?.count ?? 0) + 1,
      first: Math.min(known?.first ?? at, at),
      last: Math.max(known?.last ?? at, at),
    });
  }
  return [...groups.values()].sort((a, b) => a.last - b.last);
}

/** The table of `kubectl get events`. */
export function formatEvents(events: readonly ClusterEvent[], withNamespace: boolean): string {
  const namespace = (text: string): readonly string[] => (withNamespace ? [text] : []);
  const rows = groupEvents(events).map(({ event, last }) => [
    ...namespace(event.metadata.namespace ?? ''),
    formatSpan(Date.now() - last),
    event.type ?? '',
    event.reason ?? '',
    `${(event.involvedObject.kind ?? '').toLowerCase()}/${event.involvedObject.name ?? ''}`,
    event.message ?? '',
  ]);
  return formatCells([
    [...namespace('NAMESPACE'), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'],
    ...rows,
  ]);
}

/** The Events section of `kubectl describe`. */
export function describeEvents(events: readonly ClusterEvent[], uid: string | undefined): string {
  const own = groupEvents(events.filter(({ involvedObject }) => involvedObject.uid === uid));
  if (own.length === 0) return 'Events:  <none>\n';
  const rows = own.map(({ event, count, first, last }) => {
    const now = Date.now();
    const span = formatSpan(now - last);
    return [
      `  ${event.type}`,
      event.reason ?? '',
      count === 1 ? span : `${span} (x${count} over ${formatSpan(now - first)})`,
      event.source?.component ?? event.reportingComponent ?? '',
      event.message ?? '',
    ];
  });
  const rule = ['  ----', '------', '----', '----', '-------'];
  const table = formatCells([['  Type', 'Reason', 'Age', 'From', 'Message'], rule, ...rows]);
  return `Events:\n${table}`;
}

function eventTime(event: ClusterEvent): number {
  const time = event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp;
  return time === undefined ? 0 : new Date(time).getTime();
}
