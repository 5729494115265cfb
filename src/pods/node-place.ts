import type { IFSWatcher, WebContainer, WebContainerProcess } from '@webcontainer/api';
import type { LabFiles } from '#labs/files.ts';
import { bootWithin, type Boot } from './webcontainer/boot.ts';
import { contentsOf, pathOf, toFileTree } from './webcontainer/file-tree.ts';
import { serveNodeBroker } from './webcontainer/node-broker.ts';
import { BOOT_LIMIT_MS, NodeUnavailable } from './node-unavailable.ts';

/** A WebContainer with a lab's files in it: real Node processes, a shell, and a place for pods. */
export interface NodePlace {
  /** A port for `createWorkerPodHost`, whose containers then are Node processes. */
  connect(): MessagePort;
  /** Takes over a file that was changed elsewhere. */
  write(file: string, text: string): Promise<void>;
  /** Calls back with each of the lab's files that a program in the container changed. */
  watch(listener: (file: string, text: string) => void): () => void;
  /** Calls back with the ports that servers in the container listen on, ascending, whenever they change. */
  watchPorts(listener: (ports: readonly number[]) => void): () => void;
  /** Calls back with what the service says of an error of its own. */
  watchFailures(listener: (message: string) => void): () => void;
  /** Starts the WebContainer's own shell on a terminal of that size. */
  openShell(size: TerminalSize): Promise<NodeShell>;
  /** Ends every process and gives the container back. */
  close(): void;
}

interface TerminalSize {
  readonly cols: number;
  readonly rows: number;
}

/** A shell on a terminal: what is typed goes in as it is, what is shown comes out as it is. */
export interface NodeShell {
  readonly input: WritableStream<string>;
  readonly output: ReadableStream<string>;
  readonly exit: Promise<number>;
  resize(size: TerminalSize): void;
  kill(): void;
}

export interface OpenNodeOptions {
  readonly files: LabFiles;
  readonly signal: AbortSignal;
  /** The package's own by default. */
  readonly boot?: Boot;
  readonly limitMs?: number;
}

let isOpen = false;

/**
 * Boots the one WebContainer of this tab and mounts the files. Rejects with `NodeUnavailable` when
 * there is none to be had, at the latest after `limitMs`, or with the signal's reason.
 */
export async function openNodePlace(options: OpenNodeOptions): Promise<NodePlace> {
  const { files, signal, boot, limitMs = BOOT_LIMIT_MS } = options;
  if (isOpen) throw new NodeUnavailable('in-use', limitMs);
  isOpen = true;
  let container: WebContainer | null = null;
  try {
    container = await bootWithin(boot ?? bootPackage, signal, limitMs);
    await container.mount(toFileTree(files));
    signal.throwIfAborted();
    return nodePlace(container, Object.keys(files));
  } catch (error) {
    // One that is there and nobody's would keep the next from booting.
    container?.teardown();
    isOpen = false;
    throw error;
  }
}

/** The package is fetched only here, because most visitors never need it. */
async function bootPackage(): Promise<WebContainer> {
  if (!globalThis.crossOriginIsolated) throw new NodeUnavailable('not-isolated');
  const { WebContainer: container } = await import('@webcontainer/api');
  return container.boot({ coep: 'require-corp', workdirName: 'lab' });
}

function nodePlace(container: WebContainer, files: readonly string[]): NodePlace {
  const stops: (() => void)[] = [];
  const shells = new Set<WebContainerProcess>();
  /** What each file holds on both sides, so that a write of ours does not come back as a change. */
  const known = new Map<string, string>();
  return {
    connect() {
      const { port1, port2 } = new MessageChannel();
      stops.push(serveNodeBroker(container, port1));
      return port2;
    },
    async write(file, text) {
      known.set(file, text);
      await container.fs.writeFile(pathOf(file), contentsOf(file, text));
    },
    watch(listener) {
      const texts = files.filter((file) => pathOf(file) === file);
      const watcher = watchFiles(container, texts, (file, text) => {
        if (known.get(file) === text) return;
        known.set(file, text);
        listener(file, text);
      });
      return () => watcher.close();
    },
    watchPorts(listener) {
      const open = new Set<number>();
      return container.on('port', (port, type) => {
        if (type === 'open') open.add(port);
        else open.delete(port);
        listener([...open].toSorted((one, other) => one - other));
      });
    },
    watchFailures: (listener) => container.on('error', ({ message }) => listener(message)),
    async openShell(terminal) {
      const shell = await container.spawn('jsh', { terminal: { ...terminal } });
      shells.add(shell);
      void shell.exit.then(() => shells.delete(shell));
      return shell;
    },
    close() {
      for (const stop of stops) stop();
      for (const shell of shells) shell.kill();
      container.teardown();
      isOpen = false;
    },
  };
}

function watchFiles(
  { fs }: WebContainer,
  files: readonly string[],
  onText: (file: string, text: string) => void,
): IFSWatcher {
  return fs.watch('.', { recursive: true }, (_event, name) => {
    const file = typeof name === 'string' ? name : new TextDecoder().decode(name);
    if (!files.includes(file)) return;
    // A program that replaces a file removes it first; the next event has the new one.
    fs.readFile(file, 'utf8').then(
      (text) => onText(file, text),
      () => undefined,
    );
  });
}
