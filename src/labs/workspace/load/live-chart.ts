import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { LoadSample } from '#load/report.ts';
import type { ReadColour } from '../follow-colours.ts';

export interface LiveChart {
  update(samples: readonly LoadSample[], durationSeconds: number): void;
  destroy(): void;
}

interface Line {
  readonly label: string;
  readonly token: string;
  readonly dash?: readonly number[];
  value(sample: LoadSample): number | null;
}

const HEIGHT = 116;
const POD_TOKENS = ['--lab-accent', '--lab-warn', '--lab-code-keyword', '--lab-code-number'];

/** Offered, answered and failed requests per second over the run. */
export function rateChart(host: HTMLElement, colour: ReadColour): LiveChart {
  return fixedChart(host, colour, [
    { label: 'offered', token: '--lab-ink-soft', dash: [4, 3], value: (sample) => sample.offered },
    { label: 'answered', token: '--lab-accent', value: (sample) => sample.completed },
    { label: 'failed', token: '--lab-bad', dash: [1, 2], value: (sample) => sample.failed },
  ]);
}

/** Median and 99th percentile per bucket, in milliseconds. */
export function latencyChart(host: HTMLElement, colour: ReadColour): LiveChart {
  const finite = (value: number | null) =>
    value !== null && Number.isFinite(value) ? value : null;
  return fixedChart(host, colour, [
    { label: 'p50', token: '--lab-accent', value: (sample) => finite(sample.p50) },
    { label: 'p99', token: '--lab-warn', dash: [5, 2], value: (sample) => finite(sample.p99) },
  ]);
}

/** One line per pod; made anew when a pod appears. */
export function shareChart(host: HTMLElement, colour: ReadColour): LiveChart {
  let pods: readonly string[] = [];
  let chart = fixedChart(host, colour, []);
  return {
    update(samples, durationSeconds) {
      const seen = [...new Set(samples.flatMap((sample) => Object.keys(sample.byPod)))].toSorted();
      if (seen.join() !== pods.join()) {
        pods = seen;
        chart.destroy();
        chart = fixedChart(host, colour, pods.map(podLine));
      }
      chart.update(samples, durationSeconds);
    },
    destroy: () => chart.destroy(),
  };
}

function podLine(pod: string, index: number): Line {
  return {
    label: pod.split('-').pop() ?? pod,
    token: POD_TOKENS[index % POD_TOKENS.length] ?? '--lab-accent',
    ...(index > 0 ? { dash: [6, index * 2] } : {}),
    value: (sample) => sample.byPod[pod] ?? 0,
  };
}

function fixedChart(host: HTMLElement, colour: ReadColour, lines: readonly Line[]): LiveChart {
  const axis = {
    stroke: colour('--lab-ink-soft'),
    grid: { stroke: colour('--lab-line'), width: 1 },
    ticks: { show: false },
    font: '11px sans-serif',
  };
  let end = 1;
  const plot = new uPlot(
    {
      width: Math.max(host.clientWidth, 120),
      height: HEIGHT,
      padding: [8, 18, 0, 0],
      cursor: { y: false, drag: { x: false, y: false } },
      legend: { live: false },
      scales: {
        x: { time: false, range: () => [0, end] },
        y: { range: (_, __, max) => [0, roomAbove(max)] },
      },
      axes: [
        { ...axis, size: 24, values: (_, ticks) => ticks.map((tick) => `${tick} s`) },
        { ...axis, size: 40 },
      ],
      series: [
        {},
        ...lines.map((line) => ({
          label: line.label,
          stroke: colour(line.token),
          width: 1.6,
          points: { show: false },
          ...(line.dash ? { dash: [...line.dash] } : {}),
        })),
      ],
    },
    [[], ...lines.map(() => [])] as unknown as uPlot.AlignedData,
    host,
  );
  const resize = new ResizeObserver(() =>
    plot.setSize({ width: Math.max(host.clientWidth, 120), height: HEIGHT }),
  );
  resize.observe(host);
  return {
    update(samples, durationSeconds) {
      end = Math.max(durationSeconds, (samples.at(-1)?.at ?? 0) / 1000, 1);
      const times = samples.map((sample) => sample.at / 1000);
      plot.setData([times, ...lines.map((line) => samples.map((sample) => line.value(sample)))]);
    },
    destroy() {
      resize.disconnect();
      plot.destroy();
    },
  };
}

function roomAbove(max: number | null): number {
  return max === null || max <= 0 ? 1 : max * 1.1;
}
