import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** Memory that it holds, in bytes; memory shared by several counts for each. */
  readonly bytes: number;
}

const PAGE_BYTES = 4096;

/** The process and everything that it started, as far as it is still running. */
export async function readProcessTree(root: number): Promise<Process[]> {
  const all = process.platform === 'linux' ? await readProc() : await readPs();
  const byParent = Map.groupBy(all, ({ parent }) => parent);
  const tree = all.filter(({ pid }) => pid === root);
  for (const found of tree) tree.push(...(byParent.get(found.pid) ?? []));
  return tree;
}

/** Kills whole groups of processes, those that are still there. */
export function killGroups(groups: Iterable<number>): void {
  for (const group of groups) {
    try {
      process.kill(-group, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

async function readProc(): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const texts = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/stat`, 'latin1').catch(() => null)),
  );
  return texts.flatMap((text) => {
    if (text === null) return [];
    // The name is in brackets and may have blanks and brackets itself.
    const rest = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const pid = Number.parseInt(text, 10);
    const [parent, group, pages] = [rest[1], rest[2], rest[21]].map(Number);
    return [{ pid, parent: parent ?? 0, group: group ?? 0, bytes: (pages ?? 0) * PAGE_BYTES }];
  });
}

async function readPs(): Promise<Process[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axo', 'pid=,ppid=,pgid=,rss=']);
  return stdout
    .trim()
    .split('\n')
    .map((line) => {
      const [pid = 0, parent = 0, group = 0, kib = 0] = line.trim().split(/\s+/).map(Number);
      return { pid, parent, group, bytes: kib * 1024 };
    });
}

/** How long threads of a process tree ran and how long they were ready and had to wait for a processor. */
export class ProcessorShare {
  /** Nanoseconds by thread: threads end, what they had counts on. */
  readonly #threads = new Map<string, readonly [ran: number, waited: number]>();

  /** Looks at the threads that there are now. Only Linux tells. */
  async look(tree: readonly Process[]): Promise<void> {
    if (process.platform !== 'linux') return;
    await Promise.all(tree.map(({ pid }) => this.#lookAt(pid)));
  }

  /** From 0, nothing waited, to 1. */
  get waited(): number {
    let [ran, waited] = [0, 0];
    for (const [each, other] of this.#threads.values())
      [ran, waited] = [ran + each, waited + other];
    return ran + waited === 0 ? 0 : waited / (ran + waited);
  }

  async #lookAt(pid: number): Promise<void> {
    const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
    await Promise.all(
      threads.map(async (thread) => {
        const text = await readFile(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').catch(
          () => null,
        );
        if (text === null) return;
        const [ran = 0, waited = 0] = text.split(' ').map(Number);
        this.#threads.set(thread, [ran, waited]);
      }),
    );
  }
}
