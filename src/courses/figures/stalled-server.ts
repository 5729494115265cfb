/** One request: when it was due and how long the test says it took, seconds. */
export interface Measured {
  readonly due: number;
  readonly latency: number;
}

const SECONDS = 100;
const RATE = 100;
const SERVICE = 0.001;
const STALL = { from: 50, until: 60 };

/** What a test that waits for every answer measures of a server that stands still for ten seconds. */
export function closedLoop(): readonly Measured[] {
  const measured: Measured[] = [];
  for (let now = 0; now < SECONDS;) {
    const answered = answerTo(now);
    measured.push({ due: now, latency: answered - now });
    now = Math.max(now + 1 / RATE, answered);
  }
  return measured;
}

/** What a test measures whose requests leave when they are due. */
export function openLoop(): readonly Measured[] {
  return Array.from({ length: SECONDS * RATE }, (_, n) => {
    const due = n / RATE;
    return { due, latency: answerTo(due) - due };
  });
}

function answerTo(sent: number): number {
  return (sent >= STALL.from && sent < STALL.until ? STALL.until : sent) + SERVICE;
}
