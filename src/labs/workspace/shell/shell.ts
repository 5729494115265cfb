import { Bash, type BashExecResult } from 'just-bash/browser';
import { guardRedirections } from './guard-redirections.ts';
import { hasBackground } from './has-background.ts';
import { isLiveLine } from './is-live-line.ts';
import { LabFileSystem } from './lab-file-system.ts';
import { liveCommands, mayWrite, platformCommands, type Caller } from './platform-commands.ts';
import { PrintBuffer } from './print-buffer.ts';
import type { FromShell, PlatformCommand, ShellResult, ToShell } from './protocol.ts';

const HOME = '/lab';
/** Characters of a lab's file, and of what one line may print at its end. */
const LONGEST = 1_000_000;
const NO_JOBS = 'there is no job control here: what ends in & runs in the foreground\n';
const READ_ONLY = 'is read-only in this lab';

/** Runs in a worker inside the sandbox: a bash over the lab's files, spoken to through one port. */
export default function startShell(port: MessagePort): void {
  const send = (message: FromShell) => port.postMessage(message);
  let shell: Shell | null = null;
  port.onmessage = ({ data }: MessageEvent<ToShell>) => {
    if (data.type === 'start') shell = new Shell(data.files, data.readOnly, send);
    else if (shell) void shell.take(data);
  };
  port.start();
}

class Shell {
  #fs: LabFileSystem;
  #bash: Bash;
  #known: Map<string, string>;
  #directory = HOME;
  #env: Record<string, string> = {
    HOME,
    USER: 'engineer',
    HOSTNAME: 'lab',
    TERM: 'xterm-256color',
  };
  #running: { run: number; isLive: boolean; abort: AbortController } | null = null;
  #calls = new Map<number, (result: ShellResult) => void>();
  #nextCall = 1;
  #send: (message: FromShell) => void;
  #screen: PrintBuffer;

  constructor(
    files: Readonly<Record<string, string>>,
    readOnly: readonly string[],
    send: (message: FromShell) => void,
  ) {
    this.#send = send;
    this.#screen = new PrintBuffer((stdout, stderr) =>
      send({ type: 'print', run: this.#running?.run ?? 0, stdout, stderr }),
    );
    this.#known = new Map(Object.entries(files));
    this.#fs = new LabFileSystem(
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`${HOME}/${path}`, text])),
      readOnly.map((path) => `${HOME}/${path}`),
    );
    const caller: Caller = {
      call: (name, args, stdin, directory, signal) =>
        this.#call(name, args, stdin, directory, signal),
      isLive: () => this.#running?.isLive ?? false,
      print: (stdout, stderr) => this.#screen.add(stdout, stderr),
    };
    this.#bash = new Bash({
      fs: this.#fs,
      cwd: HOME,
      env: this.#env,
      customCommands: [...platformCommands(caller), ...liveCommands(caller), mayWrite(this.#fs)],
    });
    this.#bash.registerTransformPlugin({
      name: 'guard-redirections',
      transform: ({ ast }) => ({ ast: guardRedirections(ast) }),
    });
    this.#bash.registerTransformPlugin({
      name: 'note-background',
      transform: ({ ast }) => {
        if (this.#running && hasBackground(ast)) this.#screen.add('', NO_JOBS);
        return { ast };
      },
    });
    void this.#announce();
  }

  async take(message: Exclude<ToShell, { type: 'start' }>): Promise<void> {
    if (message.type === 'run') await this.#run(message.run, message.line);
    else if (message.type === 'abort') {
      if (this.#running?.run === message.run) this.#running.abort.abort();
    } else if (message.type === 'reply') this.#reply(message.call, message.result);
    else if (message.type === 'list') await this.#list(message.list, message.word);
    else await this.#write(message.path, message.text);
  }

  async #announce(): Promise<void> {
    const { stdout } = await this.#bash.exec('compgen -c 2>/dev/null || ls /bin /usr/bin');
    this.#send({
      type: 'ready',
      commands: [...new Set(stdout.split(/\s+/))].filter(isName).slice(0, 500),
    });
  }

  async #run(run: number, line: string): Promise<void> {
    const isLive = isLiveLine(line);
    const abort = new AbortController();
    this.#running = { run, isLive, abort };
    const result = await this.#exec(line, abort.signal);
    this.#directory = result.env['PWD'] ?? this.#directory;
    this.#env = result.env;
    const complaint = await this.#reportEdits(result.stderr);
    this.#screen.flush();
    this.#running = null;
    this.#send({
      type: 'finished',
      run,
      stdout: clip(result.stdout),
      stderr: clip(result.stderr) + complaint,
      exitCode: result.exitCode,
      directory: this.#directory,
    });
  }

  async #exec(line: string, signal: AbortSignal): Promise<BashExecResult> {
    const options = { cwd: this.#directory, env: this.#env, replaceEnv: true, signal };
    try {
      const result = await this.#bash.exec(line, options);
      // What just-bash says of an abort is no news to whoever pressed Ctrl+C.
      return { ...result, stderr: signal.aborted ? '' : withoutSetting(result.stderr) };
    } catch (error) {
      const stderr = signal.aborted
        ? ''
        : withoutSetting(`bash: ${error instanceof Error ? error.message : String(error)}\n`);
      return { stdout: '', stderr, exitCode: signal.aborted ? 130 : 1, env: this.#env };
    }
  }

  #call(
    name: PlatformCommand,
    args: string[],
    stdin: string,
    directory: string,
    signal: AbortSignal | undefined,
  ): Promise<ShellResult> {
    this.#screen.flush();
    const call = this.#nextCall;
    this.#nextCall += 1;
    return this.#filesBelow(directory).then(
      (files) =>
        new Promise((resolve) => {
          this.#calls.set(call, resolve);
          const hangUp = () => {
            this.#send({ type: 'hang-up', call });
            this.#reply(call, { stdout: '', stderr: '', exitCode: 130 });
          };
          if (signal?.aborted) return hangUp();
          signal?.addEventListener('abort', hangUp, { once: true });
          const { run, isLive } = this.#running ?? { run: 0, isLive: false };
          this.#send({ type: 'call', call, run, name, args, stdin, files, live: isLive });
        }),
    );
  }

  #reply(call: number, result: ShellResult): void {
    this.#calls.get(call)?.(result);
    this.#calls.delete(call);
  }

  async #write(path: string, text: string): Promise<void> {
    this.#known.set(path, text);
    await this.#fs.put(`${HOME}/${path}`, text);
  }

  /** Tells of changed lab files; puts read-only and deleted ones back; says what was not said. */
  async #reportEdits(stderr: string): Promise<string> {
    // Some commands keep quiet about a refusal, or call it a missing file.
    const denied = stderr.includes('Permission denied') ? [] : [...this.#fs.takeDenied()];
    const complaints = denied.map((path) => `${path.slice(HOME.length + 1)} ${READ_ONLY}.\n`);
    this.#fs.takeDenied();
    for (const [path, before] of this.#known) {
      const now = await this.#fs.readFile(`${HOME}/${path}`).catch(() => null);
      if (now === before) continue;
      if (now !== null && now.length <= LONGEST && !this.#fs.isReadOnly(`${HOME}/${path}`)) {
        this.#known.set(path, now);
        this.#send({ type: 'edited', path, text: now });
        continue;
      }
      await this.#fs.put(`${HOME}/${path}`, before);
      const isReadOnly = this.#fs.isReadOnly(`${HOME}/${path}`);
      complaints.push(`${path} ${isReadOnly ? READ_ONLY : whyPutBack(now)}.\n`);
    }
    return complaints.join('');
  }

  async #list(list: number, word: string): Promise<void> {
    const slash = word.lastIndexOf('/');
    const prefix = word.slice(0, slash + 1);
    const directory = this.#fs.resolvePath(this.#directory, prefix || '.');
    const entries = await this.#fs.readdir(directory).catch(() => []);
    const names = entries
      .filter((name) => name.startsWith(word.slice(slash + 1)))
      .map(async (name) => {
        const stat = await this.#fs.stat(`${directory}/${name}`);
        return prefix + name + (stat.isDirectory ? '/' : '');
      });
    this.#send({ type: 'listed', list, names: (await Promise.all(names)).slice(0, 1000) });
  }

  async #filesBelow(directory: string): Promise<Record<string, string>> {
    const root = directory.startsWith(HOME) ? directory : HOME;
    const paths = this.#fs
      .getAllPaths()
      .filter((path) => path.startsWith(`${root}/`))
      .slice(0, 200);
    const files: Record<string, string> = {};
    for (const path of paths) {
      const stat = await this.#fs.stat(path);
      if (stat.isFile && stat.size < 200_000) {
        files[path.slice(root.length + 1)] = await this.#fs.readFile(path);
      }
    }
    return files;
  }
}

function whyPutBack(now: string | null): string {
  if (now === null) return 'belongs to the lab and was put back';
  const [length, longest] = [now.length, LONGEST].map((count) => count.toLocaleString('en-GB'));
  return `would have ${length} characters, more than the ${longest} a lab file may have, and was put back`;
}

function clip(text: string): string {
  if (text.length <= LONGEST) return text;
  return `${text.slice(0, LONGEST)}\n... ${(text.length - LONGEST).toLocaleString('en-GB')} more characters are not shown.\n`;
}

/** Drops the advice to raise a limit that only the program around the shell can raise. */
function withoutSetting(stderr: string): string {
  return stderr.replaceAll(/, increase executionLimits\.\w+/g, '');
}

function isName(word: string): boolean {
  return /^[a-z][\w.-]*$/i.test(word);
}
