import { defineCommand, type Command, type ResolvedCommandContext } from 'just-bash/browser';
import { MAY_WRITE } from './guard-redirections.ts';
import type { LabFileSystem } from './lab-file-system.ts';
import { PLATFORM_COMMANDS, type PlatformCommand, type ShellResult } from './protocol.ts';

/** What the shell's own commands may ask for. */
export interface Caller {
  call(
    name: PlatformCommand,
    args: string[],
    stdin: string,
    directory: string,
    signal: AbortSignal | undefined,
  ): Promise<ShellResult>;
  /** Whether the output of the line being run goes to the screen and nowhere else. */
  isLive(): boolean;
  /** Puts text on the screen at once. */
  print(stdout: string, stderr: string): void;
}

/** Ordinary commands whose output is worth seeing while a loop still runs. */
const SHOWN_AT_ONCE =
  'echo printf date ls cat grep head tail wc jq sed awk sort uniq seq find tree diff pwd env sha256sum cp mv rm mkdir touch'.split(
    ' ',
  );

const HELP = `Commands of the platform:
  kubectl   get, describe, apply -f FILE, delete, logs [-f], scale, rollout
  curl      requests as a client outside the pods, for example: curl -i http://SERVICE/
  load      a load test, for example: load -r 50 -d 10 http://SERVICE/
  simulate  the lab's scenario in virtual time with the files as they are, where a lab has one
On the lab's files: ls, cat, grep, sed, diff, jq, head, tail, find, wc and most of coreutils.
There is no job control: a command that ends in & runs in the foreground.
Up and Down recall commands, Tab completes, Ctrl+C stops, Escape leaves the terminal.
`;

/** The commands that the platform carries out, and help. */
export function platformCommands(caller: Caller): Command[] {
  const remote = PLATFORM_COMMANDS.map((name) =>
    defineCommand(name, async (args, context) => {
      const stdin = decodeInput(context.stdin);
      const result = await caller.call(name, args, stdin, context.cwd, context.signal);
      if (!caller.isLive()) return { ...result };
      // Its output is on the screen already; what it complains of belongs below that.
      caller.print(result.stdout, result.stderr);
      return { ...result, stdout: '', stderr: '' };
    }),
  );
  const help = defineCommand('help', () =>
    Promise.resolve({ stdout: HELP, stderr: '', exitCode: 0 }),
  );
  return [...remote, help];
}

/** Ordinary commands that show their output as soon as they have ended, when it goes to the screen. */
export function liveCommands(caller: Caller): Command[] {
  return SHOWN_AT_ONCE.map((name) =>
    defineCommand(name, async (args, context) => {
      const result = await context.origCommand?.(args);
      if (!result) throw new Error(`${name} is missing from the shell.`);
      if (!caller.isLive()) return result;
      caller.print(result.stdout, result.stderr);
      return { ...result, stdout: '', stderr: '' };
    }),
  );
}

/** Fails in bash's words when one of the files it is given may not be written. */
export function mayWrite(fs: LabFileSystem): Command {
  return defineCommand(MAY_WRITE, (args, { cwd }) => {
    const denied = args.find((path) => fs.isReadOnly(fs.resolvePath(cwd, path)));
    const stderr = `bash: ${denied}: Permission denied (read-only in this lab)\n`;
    return Promise.resolve({
      stdout: '',
      stderr: denied === undefined ? '' : stderr,
      exitCode: denied === undefined ? 0 : 1,
    });
  });
}

/** The shell keeps standard input as one character a byte. */
function decodeInput(stdin: ResolvedCommandContext['stdin']): string {
  const bytes = stdin as unknown as string;
  return new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
}
