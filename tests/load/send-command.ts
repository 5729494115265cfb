import { setTimeout as delay } from 'node:timers/promises';
import { drawPlan, type PlanOptions } from './plan.ts';
import { createSend, type Result, type Senders } from './send.ts';

// The load's own process: it is told whom to play over IPC, sends, and answers with the results.
process.once('message', (message) => {
  const { options, senders } = message as { options: PlanOptions; senders: Senders };
  void play(options, senders).then((results) => {
    process.send?.(results, () => process.disconnect());
  });
});

async function play(options: PlanOptions, senders: Senders): Promise<Result[]> {
  const plan = drawPlan(options);
  const { run, close } = createSend(senders);
  const begun = performance.now();
  const running: Promise<Result[]>[] = [];
  for (const arrival of plan) {
    const planned = begun + arrival.at;
    const early = planned - performance.now();
    if (early > 0) await delay(early);
    running.push(run(arrival, planned));
  }
  const results = await Promise.all(running);
  close();
  return results.flat();
}
