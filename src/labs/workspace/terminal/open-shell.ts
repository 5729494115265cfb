import { openSandbox } from '#sandbox/open-sandbox.ts';
import { connectWorkers, moduleUrl } from '#sandbox/workers.ts';
// oxlint-disable-next-line import/default -- the query makes it a URL
import shellUrl from '../shell/shell.ts?sandboxed';
import type { ShellProcess } from '../services.ts';

let shellModule: Promise<string> | null = null;

/** Starts a shell in a sandbox frame of its own, so that ending it ends everything it left behind. */
export async function openShell(signal: AbortSignal): Promise<ShellProcess> {
  shellModule ??= fetchModule().catch((error: unknown) => {
    shellModule = null;
    throw error;
  });
  const [module, sandbox] = await Promise.all([shellModule, openSandbox(signal)]);
  try {
    const { port } = await connectWorkers(sandbox.connect()).spawn(
      { name: 'shell', module },
      signal,
    );
    return { port, kill: () => sandbox.remove() };
  } catch (error) {
    sandbox.remove();
    throw error;
  }
}

async function fetchModule(): Promise<string> {
  const response = await fetch(shellUrl);
  if (!response.ok) throw new Error(`The shell could not be fetched: HTTP ${response.status}.`);
  return moduleUrl(await response.text());
}
