import { runContainer } from './run-container.ts';

/** Runs one container in a Node process of its own, which keeps everything that Node gives it. */
export default function runInNode(port: MessagePort): void {
  runContainer(port, {
    confine() {},
    onUncaught(listener) {
      process.on('uncaughtException', listener);
      process.on('unhandledRejection', listener);
    },
  });
}
