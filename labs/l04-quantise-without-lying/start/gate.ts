/** The gate of model.yaml. */
export interface Gate {
  /** How many labelled tickets it reads. */
  readonly tickets: number;
  /** As many of each class, or as many as a month brings. */
  readonly mix: 'balanced' | 'as-they-arrive';
  /** Of the full model's bytes, in percent. */
  readonly mostBytes?: number | undefined;
  /** Against the full model on the same tickets, in points: 1 is one right answer of a hundred. */
  readonly mostDrop: Readonly<Partial<Record<Metric, number | undefined>>>;
}

export type Metric = 'accuracy' | 'macro-f1' | 'worst-class';

/** A labelled ticket and what two models call it. */
export interface Answer {
  readonly class: string;
  readonly full: string;
  readonly candidate: string;
}

/** How many points a candidate is worse; below 0 it is better. */
export interface Drops extends Readonly<Record<Metric, number>> {
  /** The class that loses most. */
  readonly where: string;
}

/** Share of each class among the tickets of a month. Broken hardware is rare. */
export const MONTH: Readonly<Record<string, number>> = {
  access: 0.15,
  capacity: 0.2,
  database: 0.15,
  deploy: 0.2,
  hardware: 0.02,
  'model-quality': 0.06,
  network: 0.14,
  storage: 0.08,
};

/** Whether the gate lets a candidate through, and what it has against it. */
export function judge(
  { mostBytes, mostDrop }: Gate,
  drops: Drops,
  bytesPercent: number,
): readonly string[] {
  const refusals: string[] = [];
  if (mostBytes !== undefined && bytesPercent > mostBytes)
    refusals.push(`${bytesPercent.toFixed(0)} % of the bytes, ${mostBytes} % allowed`);
  for (const metric of ['accuracy', 'macro-f1', 'worst-class'] as const) {
    const most = mostDrop[metric];
    if (most === undefined || drops[metric] <= most) continue;
    const name = metric === 'worst-class' ? `worst-class (${drops.where})` : metric;
    refusals.push(`${name} ${drops[metric].toFixed(1)} points lower, ${most} allowed`);
  }
  return refusals;
}

/** The tickets that the gate reads: drawn from all labelled ones, none twice. */
export function drawSample(
  answers: readonly Answer[],
  { tickets, mix }: Pick<Gate, 'tickets' | 'mix'>,
  random: () => number,
): readonly Answer[] {
  const names = Object.keys(MONTH);
  const byClass = names.map((name) => answers.filter((answer) => answer.class === name));
  const shares = names.map((name) =>
    mix === 'balanced' ? 1 / names.length : (MONTH[name] as number),
  );
  // As many as the scarcest class allows, so that the mix stays as it was asked for.
  const most = Math.min(tickets, ...byClass.map((of, at) => of.length / (shares[at] as number)));
  return byClass.flatMap((of, at) =>
    shuffle(of, random).slice(0, Math.round(most * (shares[at] as number))),
  );
}

/** What a candidate loses against the full model on these tickets. */
export function compare(answers: readonly Answer[]): Drops {
  const names = [...new Set(answers.map((answer) => answer.class))];
  const losses = names.map((name) => {
    const of = answers.filter((answer) => answer.class === name);
    return { name, loss: recall(of, 'full') - recall(of, 'candidate') };
  });
  const worst = losses.toSorted((a, b) => b.loss - a.loss)[0] ?? { name: 'none', loss: 0 };
  return {
    accuracy: 100 * (recall(answers, 'full') - recall(answers, 'candidate')),
    'macro-f1': 100 * (macroF1(answers, names, 'full') - macroF1(answers, names, 'candidate')),
    'worst-class': 100 * worst.loss,
    where: worst.name,
  };
}

type Model = 'full' | 'candidate';

function recall(answers: readonly Answer[], model: Model): number {
  return answers.filter((answer) => answer[model] === answer.class).length / answers.length;
}

/** F1 of each class, all with the same weight however rare the class is. */
function macroF1(answers: readonly Answer[], names: readonly string[], model: Model): number {
  const each = names.map((name) => {
    const right = answers.filter((answer) => answer.class === name && answer[model] === name);
    const said = answers.filter((answer) => answer[model] === name);
    const are = answers.filter((answer) => answer.class === name);
    return (2 * right.length) / (said.length + are.length);
  });
  return each.reduce((sum, f1) => sum + f1, 0) / names.length;
}

function shuffle<T>(of: readonly T[], random: () => number): readonly T[] {
  return of
    .map((value) => ({ value, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ value }) => value);
}
