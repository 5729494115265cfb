import { expect, test } from 'vitest';
import { toReportJson, toResultsCsv } from './export-run.ts';
import { SendFailed, type Send } from './send.ts';
import { clockForTest, OK, planFor, runVirtually } from './stub-target.ts';

async function runThree() {
  const clock = clockForTest();
  let turn = 0;
  const send: Send = async (_, signal) => {
    turn += 1;
    if (turn === 2)
      throw new SendFailed('refused', 'connect ECONNREFUSED triage:81. "81", he said');
    if (turn === 3) throw new SendFailed('reset', '=cmd()');
    await clock.waitUntil(clock.now() + 12.5, signal);
    return OK;
  };
  const arrivals = { process: 'trace', atSeconds: [0, 0.5, 1] };
  return runVirtually(planFor({ arrivals, durationSeconds: 2 }), send, clock);
}

test('the CSV has one row per request, and no cell that a spreadsheet would run', async () => {
  expect(toResultsCsv(await runThree()).replaceAll('\r', '')).toMatchInlineSnapshot(`
    "scheduled_ms,sent_ms,ended_ms,latency_ms,client_queue_ms,outcome,status,pod,class,tenant,key,body,warmup,ttft_ms,tpot_ms,tokens,reason
    0,0,12.5,12.5,0,ok,200,triage-a,,,,,false,,,,
    500,500,500,0,0,refused,,,,,,,false,,,,"connect ECONNREFUSED triage:81. ""81"", he said"
    1000,1000,1000,0,0,reset,,,,,,,false,,,,'=cmd()
    "
  `);
});

test('the JSON keeps what never got an answer apart from what was not measured', async () => {
  const { report } = await runThree();
  const read = JSON.parse(toReportJson(report)) as { latency: object; plan: { seed: number } };
  expect(read.latency).toMatchObject({ count: 3, p99: 'Infinity', max: 'Infinity' });
  expect(read.plan.seed).toBe(1);
  expect(read).toMatchObject({ version: 2, scenario: null });
});
