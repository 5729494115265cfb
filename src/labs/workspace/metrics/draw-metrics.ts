import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { EventView } from '#cluster/lab-cluster.ts';
import { formatSeries } from '#metrics/labels.ts';
import type { RangeSeries } from '#metrics/query.ts';
import { formatClock } from '../panels/format.ts';
import type { ReadColour } from '../follow-colours.ts';

export interface MetricsView {
  readonly series: readonly RangeSeries[];
  readonly events: readonly EventView[];
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

export interface MetricsPlot {
  update(view: MetricsView): void;
  destroy(): void;
}

const HEIGHT = 170;
const TOKENS = ['--lab-accent', '--lab-warn', '--lab-code-keyword', '--lab-code-number'];
const DASHES = [[], [6, 3], [2, 2]] as const;
const SERIES_WIDTH = 1.6;

/** An empty plot; made anew whenever other series are to be shown. */
export function createMetricsPlot(host: HTMLElement, colour: ReadColour): MetricsPlot {
  let plot: uPlot | null = null;
  let shown = '';
  let view: MetricsView = { series: [], events: [], from: 0, to: 1 };
  const width = () => Math.max(host.clientWidth, 200);
  const resize = new ResizeObserver(() => plot?.setSize({ width: width(), height: HEIGHT }));
  resize.observe(host);
  return {
    update(next) {
      view = next;
      const names = next.series.map(({ labels }) => formatSeries(labels));
      if (!plot || names.join('\n') !== shown) {
        plot?.destroy();
        shown = names.join('\n');
        plot = new uPlot(
          describe(names, width(), colour, () => view),
          toData(next),
          host,
        );
      } else plot.setData(toData(next));
    },
    destroy() {
      resize.disconnect();
      plot?.destroy();
      plot = null;
    },
  };
}

function describe(
  names: readonly string[],
  width: number,
  colour: ReadColour,
  view: () => MetricsView,
): uPlot.Options {
  const axis = {
    stroke: colour('--lab-ink-soft'),
    grid: { stroke: colour('--lab-line'), width: 1 },
    ticks: { show: false },
    font: '11px sans-serif',
  };
  const marks = { normal: colour('--lab-ink-soft'), warning: colour('--lab-bad') };
  return {
    width,
    height: HEIGHT,
    padding: [8, 18, 0, 0],
    cursor: { y: false, drag: { x: false, y: false } },
    legend: { live: false },
    scales: {
      x: { time: false, range: () => [view().from, view().to] },
      y: { range: (_, min, max) => [Math.min(0, min ?? 0), max > 0 ? max * 1.1 : 1] },
    },
    axes: [
      { ...axis, size: 24, values: (_, ticks) => ticks.map((tick) => formatClock(tick)) },
      { ...axis, size: 52 },
    ],
    series: [{}, ...names.map((label, index) => styleSeries(label, index, colour))],
    hooks: { draw: [(plot) => drawEvents(plot, view().events, marks)] },
  };
}

function styleSeries(label: string, index: number, colour: ReadColour): uPlot.Series {
  return {
    label,
    stroke: colour(TOKENS[index % TOKENS.length] ?? '--lab-accent'),
    dash: [...(DASHES[Math.floor(index / TOKENS.length) % DASHES.length] ?? [])],
    width: SERIES_WIDTH,
    points: { show: false },
  };
}

function drawEvents(
  plot: uPlot,
  events: readonly EventView[],
  marks: { readonly normal: string; readonly warning: string },
): void {
  const { ctx, bbox } = plot;
  ctx.save();
  for (const { at, type } of events) {
    const x = Math.round(plot.valToPos(at, 'x', true)) + 0.5;
    const isWarning = type === 'Warning';
    ctx.strokeStyle = isWarning ? marks.warning : marks.normal;
    // Told apart without colour too: a warning stands from top to bottom.
    ctx.globalAlpha = isWarning ? 0.8 : 0.5;
    ctx.beginPath();
    ctx.moveTo(x, isWarning ? bbox.top : bbox.top + bbox.height * 0.85);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}

function toData({ series, from, to }: MetricsView): uPlot.AlignedData {
  const times = [...new Set(series.flatMap(({ points }) => points.map(({ at }) => at)))].toSorted(
    (a, b) => a - b,
  );
  // Without a point the axes would have no range.
  const xs = times.length > 0 ? times : [from, to];
  const columns = series.map(({ points }) => {
    const values = new Map(points.map(({ at, value }) => [at, value]));
    return xs.map((at) => {
      const value = values.get(at);
      return value !== undefined && Number.isFinite(value) ? value : null;
    });
  });
  return [xs, ...columns];
}
