import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { watch } from 'node:fs';
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type {
  BootOptions,
  DirectoryNode,
  ErrorListener,
  FileNode,
  FileSystemAPI,
  FileSystemTree,
  PortListener,
  ServerReadyListener,
  SpawnOptions,
  SymlinkNode,
  WebContainer,
  WebContainerProcess,
} from '@webcontainer/api';

type Surface = Pick<WebContainer, keyof WebContainer>;
type Listener = PortListener | ServerReadyListener | ErrorListener;

/** Whether a real pseudoterminal can lie between the two ends, as it does in a WebContainer. */
const hasTerminal = spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0;

let booted: FakeWebContainer | null = null;

/** `WebContainer.boot` of the fake: one instance at a time, its files in a temporary folder. */
export async function bootFake(options: BootOptions = {}): Promise<FakeWebContainer> {
  if (booted) throw new Error('Only a single WebContainer instance can be booted');
  const home = await mkdtemp(path.join(tmpdir(), 'webcontainer-'));
  const workdir = path.join(home, options.workdirName ?? 'project');
  await mkdir(workdir);
  booted = new FakeWebContainer(workdir);
  return booted;
}

/**
 * The surface of @webcontainer/api 1.6.4 over real Node processes of this machine, each behind a real
 * pseudoterminal where `script` of util-linux is installed. Typed against the package, so that a new
 * version of it does not pass unnoticed.
 */
export class FakeWebContainer implements Surface {
  readonly fs: FileSystemAPI;
  readonly workdir: string;
  readonly path = process.env['PATH'] ?? '';
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #processes = new Set<ChildProcess>();
  #isTornDown = false;

  constructor(workdir: string) {
    this.workdir = workdir;
    this.fs = fileSystem((name) => this.#place(name));
  }

  async mount(
    tree: FileSystemTree | Uint8Array | ArrayBuffer,
    options: { readonly mountPoint?: string } = {},
  ): Promise<void> {
    if (tree instanceof Uint8Array || tree instanceof ArrayBuffer)
      throw new Error('The fake mounts trees only, no binary snapshots.');
    await writeTree(this.#place(options.mountPoint ?? '.'), tree);
  }

  async export(): Promise<never> {
    throw new Error('The fake exports nothing: nothing of ours asks for it.');
  }

  async setPreviewScript(): Promise<void> {}

  spawn(
    command: string,
    argsOrOptions: readonly string[] | SpawnOptions = [],
    more: SpawnOptions = {},
  ): Promise<WebContainerProcess> {
    const args = Array.isArray(argsOrOptions) ? (argsOrOptions as readonly string[]) : [];
    const options = Array.isArray(argsOrOptions) ? more : (argsOrOptions as SpawnOptions);
    // jsh is the WebContainer's own shell; nothing else has it.
    const line = [command === 'jsh' ? 'sh' : command, ...args];
    const child = start(line, this.#place(options.cwd ?? '.'), options);
    this.#processes.add(child);
    child.once('exit', () => this.#processes.delete(child));
    return spawned(child, options.output !== false);
  }

  on(event: string, listener: (...args: never[]) => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener as Listener));
    return () => listeners.delete(listener as Listener);
  }

  /** For tests: as when the service reports an internal error. */
  failInside(message: string): void {
    for (const listener of this.#listeners.get('error') ?? [])
      (listener as ErrorListener)({ message });
  }

  /** For tests: as when a server in the container begins or ends to listen. */
  report(port: number, type: 'open' | 'close'): void {
    for (const listener of this.#listeners.get('port') ?? [])
      (listener as PortListener)(port, type, `http://localhost:${port}`);
  }

  get running(): number {
    return this.#processes.size;
  }

  teardown(): void {
    if (this.#isTornDown) throw new Error('WebContainer already torn down');
    this.#isTornDown = true;
    booted = null;
    for (const child of this.#processes) killGroup(child);
    void rm(path.dirname(this.workdir), { recursive: true, force: true, maxRetries: 3 });
  }

  #place(name: string): string {
    if (this.#isTornDown) throw new Error('WebContainer already torn down');
    const place = path.resolve(this.workdir, name.replace(/^\/+/, ''));
    if (!place.startsWith(this.workdir)) throw new Error(`ENOENT: ${name} is outside the workdir`);
    return place;
  }
}

function start(line: readonly string[], cwd: string, options: SpawnOptions): ChildProcess {
  const { cols = 80, rows = 24 } = options.terminal ?? {};
  const own = Object.entries(options.env ?? {}).map(([name, value]) => [name, String(value)]);
  const env = { PATH: process.env['PATH'], HOME: cwd, ...Object.fromEntries(own) };
  const quoted = line.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  const [command, args] = hasTerminal
    ? ['script', ['-qec', `stty cols ${cols} rows ${rows}; exec ${quoted}`, '/dev/null']]
    : [line[0] ?? '', line.slice(1)];
  return spawn(command as string, args as string[], { cwd, env, detached: true });
}

async function spawned(child: ChildProcess, hasOutput: boolean): Promise<WebContainerProcess> {
  await new Promise((resolve, reject) => {
    child.once('spawn', resolve).once('error', reject);
  });
  const { stdin, stdout, stderr } = child;
  if (!stdin || !stdout || !stderr) throw new Error('A process has three streams.');
  stdin.on('error', () => {}); // It is gone; `exit` says so.
  stdout.setEncoding('utf8');
  stderr.setEncoding('utf8');
  return {
    exit: new Promise((resolve) => {
      child.once('exit', (code, signal) => resolve(code ?? (signal ? 137 : 1)));
    }),
    input: new WritableStream({
      write: (text) =>
        new Promise((resolve) => {
          stdin.write(text, () => resolve());
        }),
    }),
    output: new ReadableStream({
      start(controller) {
        if (!hasOutput) return;
        stdout.on('data', (text: string) => controller.enqueue(text));
        stderr.on('data', (text: string) => controller.enqueue(text));
        child.once('close', () => controller.close());
      },
    }),
    kill: () => killGroup(child),
    resize() {},
  };
}

/** `script` gives its child a session of its own; with the terminal it is hung up. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function fileSystem(place: (name: string) => string): FileSystemAPI {
  const api = {
    readdir: (name: string, options?: object) => readdir(place(name), options as never),
    readFile: async (name: string, encoding?: BufferEncoding | null) => {
      const bytes = await readFile(place(name));
      return encoding ? bytes.toString(encoding) : new Uint8Array(bytes);
    },
    writeFile: (name: string, data: string | Uint8Array) => writeFile(place(name), data),
    mkdir: (name: string, options?: object) => mkdir(place(name), options),
    rm: (name: string, options?: object) => rm(place(name), options),
    rename: (from: string, to: string) => rename(place(from), place(to)),
    watch: (name: string, options: object, listener: (event: string, file: string) => void) =>
      watch(place(name), options as never, listener as never),
  };
  return api as unknown as FileSystemAPI;
}

async function writeTree(folder: string, tree: FileSystemTree): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, node] of Object.entries(tree)) await writeNode(path.join(folder, name), node);
}

async function writeNode(
  place: string,
  node: DirectoryNode | FileNode | SymlinkNode,
): Promise<void> {
  if ('directory' in node) await writeTree(place, node.directory);
  else if ('symlink' in node.file) await symlink(node.file.symlink, place);
  else await writeFile(place, node.file.contents);
}
