import type { WebContainer, WebContainerProcess } from '@webcontainer/api';
import { encodeFrame, FrameReader, type Frame } from './frames.ts';
// oxlint-disable-next-line import/default -- the query makes it a text
import agent from './agent.ts?sandboxed-text';

type Command =
  | { readonly type: 'spawn'; readonly id: number; readonly name: string }
  | { readonly type: 'kill'; readonly id: number };

/** What of a WebContainer the broker needs. */
export type NodeContainer = Pick<WebContainer, 'fs' | 'spawn'>;

const FOLDER = '.day-two';
const AGENT = `${FOLDER}/agent.mjs`;
/** A pseudoterminal without a width would be free to wrap. */
const TERMINAL = { cols: 200, rows: 50 };

/**
 * Answers at `port` what the sandbox's broker answers (broker.ts of the sandbox), with a Node process
 * of the WebContainer for each worker: `connectWorkers` cannot tell them apart. Returns a function
 * that ends every process.
 */
export function serveNodeBroker(container: NodeContainer, port: MessagePort): () => void {
  const kept = new Map<string, Promise<string>>();
  const running = new Map<number, { kill(): void }>();
  const prepared = prepare(container);
  port.onmessage = ({ data, ports }: MessageEvent<Command>) => {
    const [boot] = ports;
    if (data.type === 'kill') {
      running.get(data.id)?.kill();
      running.delete(data.id);
    } else if (boot) {
      const life = new NodeLife();
      running.set(data.id, life);
      boot.onmessage = ({ data: module, ports: [far] }: MessageEvent<string>) => {
        if (!far) return;
        const file = keep(container, kept, prepared, module);
        life.run(container, file, far).then(
          () => boot.postMessage({ started: true }),
          (error: unknown) => boot.postMessage({ started: false, message: describe(error) }),
        );
      };
    }
  };
  return () => {
    for (const life of running.values()) life.kill();
    running.clear();
    port.close();
  };
}

/** One process, from its spawn to its end. */
class NodeLife {
  #process: WebContainerProcess | null = null;
  #isKilled = false;
  readonly #channels: MessagePort[] = [];

  /** Resolves when the module's default export has been called. */
  async run(container: NodeContainer, file: Promise<string>, far: MessagePort): Promise<void> {
    const module = await file;
    const process = await container.spawn('node', [AGENT, module], { terminal: TERMINAL });
    this.#process = process;
    if (this.#isKilled) process.kill();
    const input = process.input.getWriter();
    const started = Promise.withResolvers<void>();
    this.#channels.push(far);
    const reader = new FrameReader('host', (arrival) => {
      if (arrival.kind === 'text') far.postMessage(toLog(arrival.line));
      else this.#receive(arrival.frame, started);
    });
    const send = (frame: Frame): void => {
      // Of a process that is gone its exit tells.
      if (!this.#isKilled) input.write(encodeFrame('host', frame)).catch(() => undefined);
    };
    void read(process, reader).then(async () => {
      const code = await process.exit;
      started.reject(new Error(`node ended with code ${code}.`));
      if (!this.#isKilled) far.postMessage(toExit(code));
    });
    await started.promise;
    // Before this the terminal is not in raw mode, and a long line would be cut.
    this.#listen(send);
  }

  kill(): void {
    this.#isKilled = true;
    this.#process?.kill();
    for (const port of this.#channels) port.close();
  }

  #listen(send: (frame: Frame) => void): void {
    const [far] = this.#channels;
    if (!far) return;
    far.onmessage = ({ data, ports }: MessageEvent<unknown>) => {
      for (const port of ports) this.#forward(port, send);
      send({ channel: 0, ports: ports.length, message: data });
    };
  }

  #forward(port: MessagePort, send: (frame: Frame) => void): void {
    const channel = this.#channels.push(port) - 1;
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      send({ channel, ports: 0, message: data });
    };
  }

  #receive({ channel, message }: Frame, started: PromiseWithResolvers<void>): void {
    if (channel === 0 && isStarted(message)) {
      if (message.started) started.resolve();
      else started.reject(new Error(message.message ?? 'no reason given'));
    } else this.#channels[channel]?.postMessage(message);
  }
}

async function prepare({ fs }: NodeContainer): Promise<void> {
  await fs.mkdir(FOLDER, { recursive: true });
  await fs.writeFile(AGENT, agent);
}

/** Writes a module once and gives its path from the agent; the same module is asked for with every pod. */
function keep(
  { fs }: NodeContainer,
  kept: Map<string, Promise<string>>,
  prepared: Promise<void>,
  module: string,
): Promise<string> {
  const known = kept.get(module);
  if (known) return known;
  const name = `module-${kept.size}.mjs`;
  const text = decodeURIComponent(module.slice(module.indexOf(',') + 1));
  const written = prepared
    .then(() => fs.writeFile(`${FOLDER}/${name}`, text))
    .then(() => `./${name}`);
  kept.set(module, written);
  return written;
}

async function read(process: WebContainerProcess, lines: FrameReader): Promise<void> {
  const reader = process.output.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read())
    lines.push(next.value);
  lines.end();
}

function isStarted(message: unknown): message is { started: boolean; message?: string } {
  return typeof message === 'object' && message !== null && 'started' in message;
}

/** What a process prints past the console is a line of its log. */
function toLog(line: string): object {
  return { t: 'log', level: 'info', text: line.slice(0, 8000), dropped: 0 };
}

function toExit(code: number): object {
  return { t: 'exit', reason: 'Error', message: `Its Node process ended with code ${code}.` };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
