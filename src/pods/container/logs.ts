import type { ContainerLog } from '../host.ts';
import { LogRate, logLimits } from '../control/log-rate.ts';

/** Passes a container's lines on at the permitted rate and says how many were dropped. */
export class Logs {
  readonly #onLog: (line: ContainerLog) => void;
  readonly #rate = new LogRate(logLimits, () => performance.now());

  constructor(onLog: (line: ContainerLog) => void) {
    this.#onLog = onLog;
  }

  write(level: ContainerLog['level'], text: string, droppedInside: number): void {
    const line = this.#rate.admit(text);
    if (!line) return;
    this.#reportDropped(line.dropped + droppedInside);
    this.#onLog({ at: Date.now(), level, text: line.text });
  }

  /** Lines that were dropped and that no later line has told of. */
  reportDropped(droppedInside: number): void {
    this.#reportDropped(this.#rate.takeDropped() + droppedInside);
  }

  #reportDropped(count: number): void {
    if (count === 0) return;
    const { linesPerSecond, bytesPerSecond } = logLimits;
    const limit = `${linesPerSecond} lines or ${bytesPerSecond / 1024} KiB a second`;
    const text = `${count} ${count === 1 ? 'line' : 'lines'} dropped: more than ${limit}.`;
    this.#onLog({ at: Date.now(), level: 'warn', text });
  }
}
