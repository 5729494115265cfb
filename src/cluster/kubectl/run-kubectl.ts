import type { CommandResult } from '../lab-cluster.ts';
import { closest } from '../manifests/closest.ts';
import { ApiError } from '../control-plane/api-error.ts';
import { apply } from './apply.ts';
import { SERVER_VERSION } from './columns.ts';
import { KubectlError, type Command, type KubectlContext } from './context.ts';
import { deleteCommand } from './delete.ts';
import { describe } from './describe.ts';
import { get } from './get.ts';
import { logs } from './logs.ts';
import { parseArgs } from './parse-args.ts';
import { rollout } from './rollout.ts';
import { scale } from './scale.ts';
import { setImage } from './set-image.ts';

const COMMANDS: Readonly<Record<string, Command>> = {
  get,
  describe,
  apply,
  delete: deleteCommand,
  logs,
  scale,
  rollout,
  set: setImage,
};

const HELP = ['help', '--help', '-h'];

/** Runs one kubectl command line, without the word kubectl, and never rejects for what it says. */
export async function runKubectl(
  args: readonly string[],
  context: KubectlContext,
): Promise<CommandResult> {
  const [name = 'help', ...rest] = args;
  if (HELP.includes(name)) return done(usage());
  if (name === 'version')
    return done(`Client Version: ${SERVER_VERSION}\nServer Version: ${SERVER_VERSION}\n`);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) return failed(unknownCommand(name));
  if (rest.some((word) => HELP.includes(word))) return done(`Usage:\n  kubectl ${command.usage}\n`);
  return await runCommand(command, rest, context);
}

async function runCommand(
  command: Command,
  args: readonly string[],
  context: KubectlContext,
): Promise<CommandResult> {
  try {
    const { stdout = '', stderr = '' } = await command.run(parseArgs(args, command.flags), context);
    return { stdout, stderr, exitCode: 0 };
  } catch (error) {
    if (error instanceof KubectlError) return failed(error.message);
    if (error instanceof ApiError)
      return failed(`Error from server (${error.reason}): ${error.message}`);
    throw error;
  }
}

function done(stdout: string): CommandResult {
  return { stdout, stderr: '', exitCode: 0 };
}

function failed(message: string): CommandResult {
  return { stdout: '', stderr: `${message}\n`, exitCode: 1 };
}

function usage(): string {
  const lines = Object.values(COMMANDS).map((command) => `  kubectl ${command.usage}`);
  return `kubectl controls this lab's cluster. What it has here:\n${lines.join('\n')}\n  kubectl version\n`;
}

function unknownCommand(name: string): string {
  const meant = closest(name, Object.keys(COMMANDS));
  const hint = meant ? `\n\nDid you mean this?\n\t${meant}` : '';
  return `error: unknown command "${name}" for "kubectl"${hint}\nThis lab's kubectl has: ${Object.keys(COMMANDS).join(', ')}, version.`;
}
