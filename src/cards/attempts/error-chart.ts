/** What the chart shows: the error of each window, by the sample that it ends with. */
interface Scanned {
  readonly errors: readonly number[];
  /** Samples in a window. */
  readonly window: number;
  readonly threshold: number;
  readonly anomalies: readonly {
    readonly kind: string;
    readonly from: number;
    readonly samples: number;
  }[];
}

const WIDTH = 1000;
const HEIGHT = 260;
const PLOT = { left: 8, right: WIDTH - 8, top: 40, bottom: HEIGHT - 26 };
/** Room that the longest name of an anomaly takes. */
const NAME_WIDTH = 110;
const NAME_HEIGHT = 15;
const SAMPLES_PER_HOUR = 12;

/** An SVG of the error over time, the threshold, and the spans in which something was wrong. */
export function drawErrors({ errors, window, threshold, anomalies }: Scanned): SVGSVGElement {
  const samples = errors.length + window - 1;
  const x = (sample: number): number => PLOT.left + (sample / samples) * (PLOT.right - PLOT.left);
  // The square root keeps the quiet part readable beside errors ten times the threshold.
  const most = Math.sqrt(Math.max(2 * threshold, ...errors));
  const y = (error: number): number =>
    PLOT.bottom - (Math.sqrt(error) / most) * (PLOT.bottom - PLOT.top);
  const line = errors.map((error, at) => `${x(at + window - 1).toFixed(1)} ${y(error).toFixed(1)}`);
  // Names of neighbours take turns in two rows.
  const placeName = (index: number): { x: number; y: number } => {
    const at = Math.min(x(anomalies[index]?.from ?? 0), WIDTH - NAME_WIDTH);
    const before = anomalies[index - 1];
    const isCrowded = before !== undefined && at - x(before.from) < NAME_WIDTH && index % 2 === 1;
    return { x: at, y: PLOT.top - 7 - (isCrowded ? NAME_HEIGHT : 0) };
  };
  const svg = create('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img' });
  svg.append(
    text(create('title', {}), describe(errors, threshold, anomalies)),
    ...anomalies.flatMap(({ kind, from, samples: length }, index) => [
      create('rect', {
        class: 'wrong',
        x: x(from),
        width: Math.max(2, x(from + length) - x(from)),
        y: PLOT.top,
        height: PLOT.bottom - PLOT.top,
      }),
      text(create('text', { class: 'kind', ...placeName(index) }), kind),
    ]),
    create('line', {
      class: 'axis',
      x1: PLOT.left,
      x2: PLOT.right,
      y1: PLOT.bottom,
      y2: PLOT.bottom,
    }),
    create('line', {
      class: 'threshold',
      x1: PLOT.left,
      x2: PLOT.right,
      y1: y(threshold),
      y2: y(threshold),
    }),
    text(create('text', { class: 'kind', x: PLOT.left, y: y(threshold) - 5 }), 'threshold'),
    create('path', { class: 'error', d: `M${line.join('L')}` }),
    ...hours(samples).map((hour) =>
      text(
        create('text', { class: 'tick', x: x(hour * SAMPLES_PER_HOUR), y: HEIGHT - 8 }),
        `${hour} h`,
      ),
    ),
  );
  return svg;
}

function hours(samples: number): number[] {
  return Array.from({ length: Math.ceil(samples / SAMPLES_PER_HOUR / 6) }, (_, index) => 6 * index);
}

function describe(
  errors: readonly number[],
  threshold: number,
  anomalies: Scanned['anomalies'],
): string {
  const above = errors.filter((error) => error > threshold).length;
  const wrong = anomalies.map(({ kind }) => kind).join(', ') || 'nothing';
  return `Error of each window over time: ${above} of ${errors.length} are above the threshold. What was wrong: ${wrong}.`;
}

function create<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | number>>,
): SVGElementTagNameMap[Tag] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

function text<E extends SVGElement>(element: E, content: string): E {
  element.textContent = content;
  return element;
}
