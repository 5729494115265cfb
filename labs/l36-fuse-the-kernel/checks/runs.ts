import type { LabCheck } from '#labs/check-context.ts';
import { didNotRun, runKernel } from '../attempt.ts';
import { drawCases } from '../cases.ts';

const BAR =
  'the shader compiles, every pass exists, no loop makes more than 100,000 turns, and all end within 5 s';

const check: LabCheck = {
  id: 'runs',
  title: 'The shader compiles and ends',
  instruction: '1',
  points: 1,
  hint: 'The editor marks what does not compile. curl http://kernel/try runs the passes; kubectl logs has what the browser said.',
  async run(context, signal) {
    const cases = drawCases(context.random);
    context.notes.set('cases', cases);
    const [first] = cases;
    if (!first) throw new Error('There is no case.');
    const tried = await runKernel(context, first, signal);
    if (!tried.ok) return didNotRun(tried.why, BAR);
    return {
      passed: true,
      measured: `${tried.run.dispatches} ${tried.run.dispatches === 1 ? 'dispatch' : 'dispatches'}`,
      bar: BAR,
      why: 'A loop without an end takes the device from every tab of the browser until the driver resets it.',
    };
  },
};

export default check;
