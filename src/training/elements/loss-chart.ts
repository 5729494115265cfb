import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { TrainedStep, WrittenCheckpoint } from '../messages.ts';

/** The curve of a job's loss; checkpoints stand on the axis. */
export interface LossChart {
  update(
    steps: readonly TrainedStep[],
    checkpoints: readonly WrittenCheckpoint[],
    last: number,
  ): void;
  destroy(): void;
}

const HEIGHT = 240;
/** More points than pixels are averaged. */
const MOST_POINTS = 600;

/** An empty chart in `host`, in the colours of the page. */
export function createLossChart(host: HTMLElement): LossChart {
  let marks: readonly number[] = [];
  let end = 1;
  const width = (): number => Math.max(host.clientWidth, 240);
  const make = (): uPlot =>
    new uPlot(
      describe(host, width(), () => ({ marks, end })),
      [[], []],
      host,
    );
  let plot = make();
  let data: uPlot.AlignedData = [[], []];
  const draw = (): void => plot.setData(data);
  const remake = (): void => {
    plot.destroy();
    plot = make();
    draw();
  };
  const resize = new ResizeObserver(() => plot.setSize({ width: width(), height: HEIGHT }));
  resize.observe(host);
  const theme = new MutationObserver(remake);
  theme.observe(document.documentElement, { attributeFilter: ['class', 'data-theme'] });
  const media = matchMedia('(prefers-color-scheme: dark)');
  media.addEventListener('change', remake);
  return {
    update(steps, checkpoints, last) {
      end = Math.max(1, last);
      marks = checkpoints.map(({ step }) => step);
      data = thin(steps);
      draw();
    },
    destroy() {
      resize.disconnect();
      theme.disconnect();
      media.removeEventListener('change', remake);
      plot.destroy();
    },
  };
}

function describe(
  host: HTMLElement,
  width: number,
  view: () => { readonly marks: readonly number[]; readonly end: number },
): uPlot.Options {
  const style = getComputedStyle(host);
  const axis = {
    stroke: style.getPropertyValue('color'),
    grid: { stroke: style.getPropertyValue('border-top-color'), width: 1 },
    ticks: { show: false },
    font: '12px sans-serif',
  };
  const line = style.getPropertyValue('outline-color');
  return {
    width,
    height: HEIGHT,
    padding: [8, 18, 0, 0],
    cursor: { y: false, drag: { x: false, y: false } },
    legend: { live: true },
    scales: {
      x: { time: false, range: () => [0, view().end] },
      y: { range: (_, __, max) => [0, max > 0 ? max * 1.05 : 1] },
    },
    axes: [
      { ...axis, size: 28 },
      { ...axis, size: 48 },
    ],
    series: [
      { label: 'step' },
      {
        label: 'loss',
        stroke: line,
        width: 1.6,
        points: { show: false },
        value: (_, value: number | null) => value?.toFixed(4) ?? '',
      },
    ],
    hooks: { draw: [(plot) => drawMarks(plot, view().marks, line)] },
  };
}

/** A small triangle on the axis for each checkpoint. */
function drawMarks(plot: uPlot, marks: readonly number[], colour: string): void {
  const { ctx, bbox } = plot;
  const size = 5 * devicePixelRatio;
  ctx.save();
  ctx.fillStyle = colour;
  for (const step of marks) {
    const x = plot.valToPos(step, 'x', true);
    const y = bbox.top + bbox.height;
    ctx.beginPath();
    ctx.moveTo(x - size, y);
    ctx.lineTo(x + size, y);
    ctx.lineTo(x, y - 1.6 * size);
    ctx.fill();
  }
  ctx.restore();
}

function thin(steps: readonly TrainedStep[]): uPlot.AlignedData {
  const stride = Math.max(1, Math.ceil(steps.length / MOST_POINTS));
  const xs: number[] = [];
  const ys: number[] = [];
  for (let from = 0; from < steps.length; from += stride) {
    const part = steps.slice(from, from + stride);
    xs.push(part.at(-1)?.step ?? 0);
    ys.push(part.reduce((sum, { loss }) => sum + loss, 0) / part.length);
  }
  return [xs, ys];
}
