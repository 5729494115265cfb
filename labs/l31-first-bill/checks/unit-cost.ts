import type { LabCheck } from '#labs/check-context.ts';
import { estimateHidden, openAttempt } from '../the-bill.ts';

const TOLERANCE = 0.05;
const BAR = 'prompt and output tokens of each workload within 5 % of what they cost';
const WHY =
  'What a token costs is what the machines cost, divided by the tokens that really pass: idle hours, room for the peak and spare replicas are paid by them too, and reading is cheaper than writing.';

const check: LabCheck = {
  id: 'unit-cost',
  title: 'The cost of 1,000,000 tokens is right',
  instruction: '2',
  points: 4,
  hint: 'Take one workload and go through it by hand: seconds of a replica per request, replicas in the busiest hour, hours paid, tokens served. Which of the names in the brief does your formula never use? And does it hold with another price table?',
  async run(context, signal) {
    const attempt = await openAttempt(context, signal);
    const lines: string[] = [];
    let passed = true;
    for (const bill of attempt.bills) {
      const result = estimateHidden(attempt, bill, [1]);
      if (!result.ok)
        return {
          passed: false,
          measured: `${result.message} ${result.repair}`,
          bar: BAR,
          why: WHY,
        };
      const { perMillionPrompt, perMillionOutput } = result.estimate;
      const prompt = perMillionPrompt / bill.perMillionPrompt - 1;
      const output = perMillionOutput / bill.perMillionOutput - 1;
      passed &&= Math.abs(prompt) <= TOLERANCE && Math.abs(output) <= TOLERANCE;
      lines.push(
        `${bill.workload.name}: prompt ${perMillionPrompt.toPrecision(3)} XTS (${percent(prompt)}), output ${perMillionOutput.toPrecision(3)} XTS (${percent(output)})`,
      );
    }
    return { passed, measured: lines.join('\n'), bar: BAR, why: WHY };
  },
};

export default check;

function percent(error: number): string {
  return `${error >= 0 ? '+' : ''}${(error * 100).toFixed(0)} %`;
}
