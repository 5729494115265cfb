import { confine } from './confine.ts';
import { runContainer, type Realm } from './run-container.ts';

/** Runs one container in a worker of the sandbox. */
export default function runInWorker(
  port: MessagePort,
  more: Pick<Realm, 'openAccelerator'> = {},
): void {
  runContainer(port, {
    ...more,
    confine,
    onUncaught(listener) {
      addEventListener('error', (event) => {
        event.preventDefault();
        listener(event.error ?? event.message);
      });
      addEventListener('unhandledrejection', (event) => {
        event.preventDefault();
        listener(event.reason);
      });
    },
  });
}
