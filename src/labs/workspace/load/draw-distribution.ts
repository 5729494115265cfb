import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { HistogramCounts } from '#load/histogram.ts';
import type { ReadColour } from '../follow-colours.ts';

export interface DistributionLine {
  readonly label: string;
  readonly histogram: HistogramCounts;
}

const HEIGHT = 190;
const STYLES = [
  { token: '--lab-warn', dash: [5, 2] },
  { token: '--lab-accent', dash: [] },
] as const;
/** The axis counts nines: 1 is p90, 2 is p99. */
const TICKS = [0, 0.30103, 1, 2, 3, 4];
const NAMES = ['p0', 'p50', 'p90', 'p99', 'p99.9', 'p99.99'];

/** Draws latency over the percentile, stretched towards its end. Returns its undo. */
export function drawDistribution(
  host: HTMLElement,
  colour: ReadColour,
  lines: readonly DistributionLine[],
): () => void {
  const axis = {
    stroke: colour('--lab-ink-soft'),
    grid: { stroke: colour('--lab-line'), width: 1 },
    ticks: { show: false },
    font: '11px sans-serif',
  };
  const width = () => Math.max(host.clientWidth, 200);
  const plot = new uPlot(
    {
      width: width(),
      height: HEIGHT,
      padding: [8, 24, 0, 0],
      cursor: { y: false, drag: { x: false, y: false } },
      legend: { live: false },
      scales: { x: { time: false }, y: { range: (_, __, max) => [0, max > 0 ? max * 1.1 : 1] } },
      axes: [
        { ...axis, size: 24, splits: () => TICKS, values: () => NAMES },
        { ...axis, size: 48 },
      ],
      series: [
        {},
        ...lines.map(({ label }, index) => ({
          label,
          stroke: colour(styleOf(index, lines.length).token),
          dash: [...styleOf(index, lines.length).dash],
          width: 1.6,
          points: { show: false },
          spanGaps: true,
        })),
      ],
    },
    uPlot.join(lines.map(({ histogram }) => toPoints(histogram))),
    host,
  );
  const resize = new ResizeObserver(() => plot.setSize({ width: width(), height: HEIGHT }));
  resize.observe(host);
  return () => {
    resize.disconnect();
    plot.destroy();
  };
}

function styleOf(index: number, count: number) {
  return STYLES[index + STYLES.length - count] ?? STYLES[1];
}

/** One point per value that was seen, at the share of the requests beyond it. */
function toPoints({ values, counts, failed }: HistogramCounts): uPlot.AlignedData {
  const total = counts.reduce((sum, count) => sum + count, 0) + failed;
  const nines: number[] = [];
  const latencies: number[] = [];
  let seen = 0;
  for (const [index, value] of values.entries()) {
    nines.push(-Math.log10((total - seen) / total));
    latencies.push(value / 1000);
    seen += counts[index] ?? 0;
  }
  return [nines, latencies];
}
