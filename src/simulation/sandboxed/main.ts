import { createRandom } from '#load/random.ts';
import { createNativeDecider } from '../engine/native-decider.ts';
import { forgetful } from '../engine/recorder.ts';
import { createRun, type Run } from '../engine/run.ts';
import type { PolicyModule } from '../policy.ts';
import type { Scenario } from '../scenario.ts';
import { createLearnerDecider } from './learner-decider.ts';
import { lockDown } from './lockdown.ts';
import { CHUNK_EVENTS, MOST_DECISIONS, type PolicyCommand, type PolicyNews } from './messages.ts';
import { createPlaceFinder, policyUrl } from './place-of-error.ts';
import { createRecordingDecider } from './recording-decider.ts';

/** Events between two looks at the clock. */
const SLICE = 32;
/** A slow policy's decisions are sent on at least this often. */
const CHUNK_MS = 100;
const MOST_LOG_LINES = 200;

/**
 * Runs a scenario with a learner's policy inside the sandbox and sends every decision out, for the
 * platform to run the same scenario with. Nothing else of this run counts.
 */
export default function runPolicy(port: MessagePort): void {
  const tell = (news: PolicyNews, transfer: Transferable[] = []): void => {
    port.postMessage(news, transfer);
  };
  let go: (() => void) | null = null;
  let owed = 0;
  const fail = (what: string, error: unknown, place: string | null = null): void => {
    const at = place === null ? '' : ` (${place})`;
    tell({ t: 'failed', message: `The policy ${what}: ${describe(error)}${at}` });
  };
  const proceed = (): void => {
    try {
      go?.();
    } catch (error) {
      fail('broke off', error);
    }
  };
  port.onmessage = ({ data }: MessageEvent<PolicyCommand>) => {
    if (data.t === 'start') {
      start(data.scenario, data.code, tell).then(
        (next) => {
          go = next;
          for (; owed > 0; owed -= 1) proceed();
        },
        (error: unknown) => fail('could not be loaded', error, createPlaceFinder(data.code)(error)),
      );
    } else if (go) proceed();
    else owed += 1;
  };
}

type Tell = (news: PolicyNews, transfer?: Transferable[]) => void;

/** Loads the module and gives what makes the next chunk; null when it could not be loaded. */
async function start(scenario: Scenario, code: string, tell: Tell): Promise<(() => void) | null> {
  const wallNow = performance.now.bind(performance);
  let run = null as Run | null;
  let lines = 0;
  lockDown({
    random: createRandom(scenario.seed, 'policy'),
    now: () => run?.world.now ?? 0,
    log: (text) => {
      if ((lines += 1) <= MOST_LOG_LINES) tell({ t: 'log', text: text.slice(0, 1000) });
    },
  });
  const module = (await import(/* @vite-ignore */ policyUrl(code))) as PolicyModule;
  const fallback = createNativeDecider(scenario.route, scenario.seed);
  const decider = createRecordingDecider(
    createLearnerDecider(module, fallback, createPlaceFinder(code)),
  );
  const started = createRun(scenario, decider, forgetful);
  run = started;
  tell({ t: 'ready', hasAdmission: decider.admit !== null });
  return () => {
    if (started.isOver()) return;
    const until = wallNow() + CHUNK_MS;
    let events = 0;
    while (!started.isOver() && events < CHUNK_EVENTS && wallNow() < until) {
      events += started.advance(SLICE);
      if (decider.count() > MOST_DECISIONS / 2) break;
    }
    const decisions = decider.take();
    const message = started.world.stoppedBy?.slice(0, 1000) ?? null;
    const isOver = started.isOver();
    tell({ t: 'chunk', events, decisions, message, isOver }, [decisions.buffer as ArrayBuffer]);
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 1000) : String(error);
}
