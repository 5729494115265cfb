import type { EventView } from '../lab-cluster.ts';
import type { ClusterCache } from '../control-plane/cache.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import type { ClusterEvent } from '../control-plane/resources.ts';

/** Real clusters drop events after an hour; this one after so many. */
const KEPT_EVENTS = 500;

/** The lab's events, oldest first; older ones are deleted from the cluster as well. */
export function createEventLog(
  controlPlane: ControlPlane,
  cache: ClusterCache,
): () => readonly EventView[] {
  const events: { readonly name: string; readonly namespace: string; readonly view: EventView }[] =
    [];
  cache.onChange(({ kind, type, object }) => {
    if (kind !== 'Event' || type !== 'add') return;
    const { name = '', namespace = 'default' } = object.metadata ?? {};
    events.push({ name, namespace, view: describeEvent(object as ClusterEvent) });
    if (events.length <= KEPT_EVENTS) return;
    const oldest = events.shift();
    if (oldest) void controlPlane.remove('Event', oldest.name, oldest.namespace).catch(ignoreGone);
  });
  return () =>
    events.filter(({ namespace }) => namespace !== 'kube-system').map(({ view }) => view);
}

/** An event as the views and `kubectl` show it. */
function describeEvent(event: ClusterEvent): EventView {
  const { kind = '', name = '' } = event.involvedObject;
  return {
    at: eventTime(event),
    type: event.type === 'Warning' ? 'Warning' : 'Normal',
    reason: event.reason ?? '',
    object: `${kind.toLowerCase()}/${name}`,
    message: event.message ?? '',
  };
}

function eventTime(event: ClusterEvent): number {
  const time = event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp;
  return time === undefined ? Date.now() : new Date(time).getTime();
}

/** An event that is already gone needs no deleting; nothing else can fail here. */
function ignoreGone(): void {}
