import {
  fromShellSchema,
  type FromShell,
  type ShellResult,
  type ToShell,
} from '../shell/protocol.ts';
import type { LabFiles } from '#labs/files.ts';
import type { ShellProcess } from '../services.ts';

export type ShellCall = Extract<FromShell, { type: 'call' }>;
export type FinishedRun = Extract<FromShell, { type: 'finished' }>;

export interface ShellClientOptions {
  spawn(): Promise<ShellProcess>;
  /** Carries out one of the platform's commands. */
  onCall(call: ShellCall, signal: AbortSignal): Promise<ShellResult>;
  onPrint(stdout: string, stderr: string): void;
  onEdit(path: string, text: string): void;
}

const ABORT_GRACE_MS = 700;
const LIST_LIMIT_MS = 1000;

/** The platform's end of one shell worker: spawned on the first line, killed when it does not stop. */
export class ShellClient {
  commands: readonly string[] = [];
  #options: ShellClientOptions;
  #files: () => { files: LabFiles; readOnly: readonly string[] };
  #process: Promise<ShellProcess> | null = null;
  #port: MessagePort | null = null;
  #next = 1;
  #run: { id: number; end: (finished: FinishedRun | null) => void } | null = null;
  #lists = new Map<number, (names: readonly string[]) => void>();
  #calls = new Map<number, AbortController>();

  constructor(
    files: () => { files: LabFiles; readOnly: readonly string[] },
    options: ShellClientOptions,
  ) {
    this.#files = files;
    this.#options = options;
  }

  /** Runs one line to its end. Resolves with null when the shell had to be killed. */
  async run(line: string): Promise<FinishedRun | null> {
    await this.start();
    const id = this.#id();
    return new Promise((end) => {
      this.#run = { id, end };
      this.#send({ type: 'run', run: id, line });
    });
  }

  /** Starts the worker, so that the first line does not wait for it. */
  async start(): Promise<void> {
    this.#process ??= this.#spawn().catch((error: unknown) => {
      this.#process = null;
      throw error;
    });
    await this.#process;
  }

  /** Asks the running line to stop, and kills the shell when it does not answer. */
  abort(): void {
    const run = this.#run;
    if (!run) return;
    this.#send({ type: 'abort', run: run.id });
    for (const call of this.#calls.values()) call.abort();
    setTimeout(() => {
      if (this.#run === run) void this.kill();
    }, ABORT_GRACE_MS);
  }

  /** Names below the shell's directory that continue `word`. */
  list(word: string): Promise<readonly string[]> {
    if (!this.#port) return Promise.resolve([]);
    const list = this.#id();
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve([]), LIST_LIMIT_MS);
      this.#lists.set(list, (names) => {
        clearTimeout(timer);
        resolve(names);
      });
      this.#send({ type: 'list', list, word });
    });
  }

  /** Takes over a file that was changed elsewhere. */
  write(path: string, text: string): void {
    this.#send({ type: 'write', path, text });
  }

  async kill(): Promise<void> {
    const dying = this.#process;
    this.#process = null;
    // What it still says until it is gone is nobody's any more.
    this.#port?.close();
    this.#port = null;
    for (const call of this.#calls.values()) call.abort();
    this.#calls.clear();
    this.#run?.end(null);
    this.#run = null;
    (await dying?.catch(() => null))?.kill();
  }

  async #spawn(): Promise<ShellProcess> {
    const process = await this.#options.spawn();
    this.#port = process.port;
    const ready = new Promise<void>((resolve) => {
      process.port.onmessage = ({ data }) => {
        const { data: message } = fromShellSchema.safeParse(data);
        // What a shell of ours would not say comes from a line that took it over.
        if (!message) void this.kill();
        else if (message.type === 'ready') {
          this.commands = message.commands;
          resolve();
        } else this.#take(message);
      };
    });
    this.#send({ type: 'start', ...this.#files() });
    await ready;
    return process;
  }

  #take(message: Exclude<FromShell, { type: 'ready' }>): void {
    if (message.type === 'call') void this.#answer(message);
    else if (message.type === 'hang-up') this.#calls.get(message.call)?.abort();
    else if (message.type === 'print') this.#options.onPrint(message.stdout, message.stderr);
    else if (message.type === 'edited') this.#options.onEdit(message.path, message.text);
    else if (message.type === 'listed') this.#lists.get(message.list)?.(message.names);
    else if (this.#run?.id === message.run) {
      const { end } = this.#run;
      this.#run = null;
      end(message);
    }
  }

  async #answer(call: ShellCall): Promise<void> {
    const abort = new AbortController();
    this.#calls.set(call.call, abort);
    const result = await this.#options.onCall(call, abort.signal).catch((error: unknown) => ({
      stdout: '',
      stderr: abort.signal.aborted
        ? ''
        : `${call.name}: ${error instanceof Error ? error.message : String(error)}\n`,
      exitCode: abort.signal.aborted ? 130 : 1,
    }));
    this.#calls.delete(call.call);
    this.#send({ type: 'reply', call: call.call, result });
  }

  #id(): number {
    this.#next += 1;
    return this.#next;
  }

  #send(message: ToShell): void {
    this.#port?.postMessage(message);
  }
}
