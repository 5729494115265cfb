import { runLoad } from '#load/run-load.ts';
import { connectHttp } from '#pods/http-port.ts';
import type { LoadCommand, LoadNews } from './messages.ts';
import { createRealClock } from './real-clock.ts';
import { sendThrough } from './send-through.ts';

const cancel = new AbortController();
const hidden = new AbortController();
const pacer = new Worker(new URL('./pacer.worker.ts', import.meta.url), { type: 'module' });
const clock = createRealClock(pacer);
// Reported when the run starts; until then nobody listens.
clock.catch(() => {});

onmessage = ({ data }: MessageEvent<LoadCommand>) => {
  if (data.kind === 'cancel') cancel.abort();
  else if (data.kind === 'hidden') hidden.abort();
  else void run(data);
};

async function run(command: Extract<LoadCommand, { kind: 'start' }>): Promise<void> {
  const { plan, gateway, environment, calibration } = command;
  try {
    const connection = connectHttp(gateway);
    const paced = await clock;
    const result = await runLoad(plan, sendThrough(connection, plan, paced), paced, {
      signal: cancel.signal,
      hidden: hidden.signal,
      environment: { ...environment, pacing: paced.pacing },
      calibration,
      onSample: (sample) => say({ kind: 'sample', sample }),
    });
    connection.close(new DOMException('The load test is over.', 'AbortError'));
    say({ kind: 'finished', run: result });
  } catch (error) {
    say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

function say(news: LoadNews): void {
  postMessage(news);
}
