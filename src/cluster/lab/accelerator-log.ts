import type { FoundAccelerator } from '#pods/host.ts';
import type { ContainerProcess } from '../control-plane/container-process.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';

/** What pods that were given the accelerator compute on, by the pod's uid. */
export interface AcceleratorLog {
  of(podUid: string): FoundAccelerator | null;
  /** Remembers it, and records an event at the pod. */
  note(pod: ContainerProcess['pod'], found: FoundAccelerator): void;
  forget(podUid: string): void;
  /** Where events go from now on. */
  writeTo(controlPlane: ControlPlane): void;
}

/** A log without a pod. */
export function createAcceleratorLog(): AcceleratorLog {
  const known = new Map<string, FoundAccelerator>();
  let plane: ControlPlane | null = null;
  return {
    of: (podUid) => known.get(podUid) ?? null,
    note(pod, found) {
      known.set(pod.uid, found);
      // The pod may be gone when its event is written; then nobody looks for it.
      void (plane && record(plane, pod, found).catch(() => undefined));
    },
    forget: (podUid) => known.delete(podUid),
    writeTo(controlPlane) {
      plane = controlPlane;
    },
  };
}

async function record(
  controlPlane: ControlPlane,
  { uid, name, namespace }: ContainerProcess['pod'],
  { device, text }: FoundAccelerator,
): Promise<void> {
  const time = new Date();
  await controlPlane.create('Event', namespace, {
    metadata: { name: `${name}.${crypto.randomUUID().slice(0, 8)}`, namespace },
    involvedObject: { kind: 'Pod', name, namespace, uid },
    type: device === 'webgpu' ? 'Normal' : 'Warning',
    reason: device === 'webgpu' ? 'AcceleratorReady' : 'AcceleratorFallback',
    message: text,
    source: { component: 'device-plugin' },
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
  });
}
