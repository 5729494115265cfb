import type { Answer } from './cluster.worker.ts';
import type { HarnessPage } from './page.ts';

/** One sample to be tried once; plain data, because it comes through a browser driver. */
export interface Trial {
  readonly name: string;
  readonly as: 'pod' | 'worker' | 'runtime';
  readonly source: string;
  /** The source without its types. */
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  /** Milliseconds to wait for the container's end; 0 when none is expected. */
  readonly awaitExitMs: number;
  /** A text that the log is to hold. */
  readonly awaitLog: string | null;
}

/** What came of it; null where it did not come to that. */
export interface Finding {
  readonly problems: readonly string[] | null;
  /** `afterMs`, here and in `exit`, at the pace of a quiet machine, as the watchdog counts. */
  readonly notStarted: { readonly reason: string; readonly afterMs: number } | null;
  readonly answer: Answer | null;
  readonly exit: { readonly reason: string; readonly afterMs: number } | null;
  readonly isLogged: boolean;
  /** The worst that the page's timer was late. */
  readonly lagMs: number;
  readonly bystander: {
    readonly answered: number;
    readonly failed: number;
    readonly slowestMs: number;
  };
  readonly isPolluted: boolean;
}

type Tried = Pick<Finding, 'problems' | 'notStarted' | 'answer' | 'exit' | 'isLogged'>;

const nothing: Tried = {
  problems: null,
  notStarted: null,
  answer: null,
  exit: null,
  isLogged: false,
};

/** Runs a handler in a bare worker of the sandbox: nothing is taken away but by the browser. */
const bareRuntime = `export default function start(port) {
  port.onmessage = async ({ data }) => {
    const module = await import(data.module);
    const response = await module.default.fetch(new Request('http://sample/attack'), data.env);
    port.postMessage(await response.text());
  };
}`;

/** Tries a sample and watches the page, another pod and the prototypes meanwhile. */
export async function trySample(page: HarnessPage, trial: Trial): Promise<Finding> {
  page.takeLag();
  await page.cluster.takeBystander();
  const tried = await (trial.as === 'worker' ? tryBare(page, trial) : tryContainer(page, trial));
  return {
    ...tried,
    lagMs: page.takeLag(),
    bystander: await page.cluster.takeBystander(),
    isPolluted: page.isPolluted() || (await page.cluster.isPolluted()),
  };
}

async function tryBare({ cluster }: HarnessPage, { script, env }: Trial): Promise<Tried> {
  const module = `data:text/javascript;charset=utf-8,${encodeURIComponent(script)}`;
  const text = String(await cluster.runBare(bareRuntime, { module, env }));
  return { ...nothing, answer: { status: 200, text } };
}

async function tryContainer(page: HarnessPage, trial: Trial): Promise<Tried> {
  const { name, as, source, script, env } = trial;
  let code = '';
  if (as === 'runtime') await page.addHost(name, script, {});
  else {
    const image = await page.compile(source);
    if (!image.ok) return { ...nothing, problems: image.problems.map(({ message }) => message) };
    code = image.code;
  }
  const before = performance.now();
  const exit = await page.cluster.start(as === 'pod' ? 'pod' : name, name, code, env);
  const afterMs = (performance.now() - before) / (await page.cluster.worstPace());
  if (exit) return { ...nothing, notStarted: { reason: exit.reason, afterMs } };
  const ended = await attack(page, trial);
  await page.cluster.kill(name);
  return { ...nothing, ...ended };
}

async function attack({ cluster }: HarnessPage, trial: Trial): Promise<Partial<Tried>> {
  const { name, awaitExitMs, awaitLog } = trial;
  const before = await cluster.now();
  const asked = cluster.fetch(name, `http://${name}/attack`);
  const exit = await within(awaitExitMs, () => cluster.exitOf(name));
  const answer = await asked;
  const isLogged =
    awaitLog !== null &&
    (await within(3000, async () => {
      const lines = await cluster.logsOf(name);
      return lines.some((line) => line.includes(awaitLog)) || null;
    })) !== null;
  const ended = exit && {
    reason: exit.reason,
    afterMs: (exit.at - before) / (await cluster.worstPace()),
  };
  return { answer, exit: ended, isLogged };
}

async function within<T>(milliseconds: number, look: () => Promise<T | null>): Promise<T | null> {
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return null;
}
