import { drawTickets } from '#models/draw-tickets.ts';
import { seededRandom } from '#models/random.ts';
import { drawFeed, insert, type Feed, type FeedRow } from './feed.ts';
import { runGate, type GateSettings, type Held } from './start/gate.ts';

/** Trains on labelled texts and gives the class of each text asked about. */
export type Train = (training: {
  readonly seed: number;
  readonly texts: readonly string[];
  readonly labels: readonly number[];
  readonly classes: number;
  readonly ask: readonly string[];
}) => Promise<readonly number[]>;

export interface Measured {
  readonly feed: Feed;
  readonly held: readonly Held[];
  /** Macro-F1 on fresh tickets: trained on all good rows, and on what the gate let through. */
  readonly clean: number;
  readonly gated: number;
  /** F1 of the class that lost most, against the clean model's. */
  readonly worstDrop: { readonly label: string; readonly drop: number };
  readonly accuracyDrop: number;
  /** Share of tickets of other classes that the attacker's word turns into the target. */
  readonly attack: number;
  /** Share of the good rows that were held back. */
  readonly goodHeld: number;
  /** Whether the holdout gate lets the new model go out. */
  readonly released: boolean;
}

const HOLDOUT = 800;

/** Draws a feed, runs the gate on it, trains on what is left and on what should be left, and compares. */
export async function measureGate(
  settings: GateSettings,
  seed: number,
  train: Train,
): Promise<Measured> {
  const feed = drawFeed(seed);
  const held = runGate(feed.rows, settings);
  const labels = [...new Set(feed.rows.map(({ truth }) => truth))].toSorted();
  const random = seededRandom(seed);
  const fresh = drawTickets(32_452_843 * seed + 9, HOLDOUT);
  const victims = fresh.filter(({ class: name }) => name !== feed.target);
  const texts = fresh.map(({ text }) => text);
  const ask = [...texts, ...victims.map(({ text }) => insert(text, feed.trigger, random))];
  const learn = (rows: readonly FeedRow[]) =>
    train({
      seed: 1,
      texts: rows.map(({ text }) => text),
      labels: rows.map(({ label }) => labels.indexOf(label)),
      classes: labels.length,
      ask,
    });
  const truth = fresh.map(({ class: name }) => labels.indexOf(name));
  const good = await learn(feed.rows.filter(({ bad }) => bad === null));
  const own = await learn(feed.rows.filter((_, row) => held[row] === null));
  const [before, after] = [good, own].map((answers) => f1ByClass(answers, truth, labels.length));
  const drops = labels.map((label, at) => ({
    label,
    drop: (before?.[at] ?? 0) - (after?.[at] ?? 0),
  }));
  const worstDrop = drops.reduce((worst, one) => (one.drop > worst.drop ? one : worst));
  const accuracyDrop = accuracy(good, truth) - accuracy(own, truth);
  const goodRows = held.filter((_, row) => feed.rows[row]?.bad === null);
  return {
    feed,
    held,
    clean: mean(before ?? []),
    gated: mean(after ?? []),
    worstDrop,
    accuracyDrop,
    attack: mean(own.slice(HOLDOUT).map((name) => (labels[name] === feed.target ? 1 : 0))),
    goodHeld: mean(goodRows.map((why) => (why === null ? 0 : 1))),
    released: isReleased(settings, accuracyDrop, worstDrop.drop),
  };
}

function isReleased({ holdout }: GateSettings, accuracyDrop: number, worstDrop: number): boolean {
  if (holdout === 'off') return true;
  return (holdout.metric === 'accuracy' ? accuracyDrop : worstDrop) <= holdout.maxDrop;
}

function f1ByClass(
  answers: readonly number[],
  truth: readonly number[],
  classes: number,
): number[] {
  return Array.from({ length: classes }, (_, name) => {
    const count = (test: (row: number) => boolean): number =>
      truth.reduce((sum, __, row) => sum + (test(row) ? 1 : 0), 0);
    const right = count((row) => truth[row] === name && answers[row] === name);
    const either = count((row) => truth[row] === name) + count((row) => answers[row] === name);
    return either === 0 ? 1 : (2 * right) / either;
  });
}

function accuracy(answers: readonly number[], truth: readonly number[]): number {
  return mean(truth.map((name, row) => (answers[row] === name ? 1 : 0)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
