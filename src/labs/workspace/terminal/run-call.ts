import type { ShellResult } from '../shell/protocol.ts';
import type { Workbench } from '../state/workbench.svelte.ts';
import { runCurl } from './run-curl.ts';
import { runKubectl } from './run-kubectl.ts';
import { runLoad } from './run-load.ts';
import { runSimulate } from './run-simulate.ts';
import type { ShellCall } from './shell-client.ts';

/** Where a command writes: to the screen at once, or collected for a pipe. */
export interface Output {
  write(text: string): void;
  readonly isLive: boolean;
}

const COMMANDS = {
  kubectl: runKubectl,
  curl: runCurl,
  load: runLoad,
  simulate: runSimulate,
} as const;

/** Carries out a command of the shell with what the workspace has: the cluster and the load panel. */
export async function runCall(
  bench: Workbench,
  call: ShellCall,
  print: (text: string) => void,
  signal: AbortSignal,
): Promise<ShellResult> {
  let stdout = '';
  const output: Output = {
    isLive: call.live,
    write(text) {
      if (call.live) print(text);
      else stdout += text;
    },
  };
  const run = COMMANDS[call.name];
  const { stderr, exitCode } = await run(bench, call, output, signal);
  return { stdout, stderr, exitCode };
}
