import type { ModelPoint } from '../model-points.ts';
import { caveatsOf, roofOf, type Rate, type Report, type Timer } from '../report.ts';
import { leastSeconds, ridgeOf, type Roof } from '../roofline.ts';
import { drawRoofline } from './draw-roofline.ts';
import { html } from './make.ts';
import {
  formatAmount,
  formatBandwidth,
  formatFlops,
  formatLimit,
  formatNumber,
  formatTime,
} from './words.ts';

/** A report as headings, tables and the chart. */
export function showReport(report: Report, points: readonly ModelPoint[]): Node[] {
  const roof = { flops: roofOf(report), bandwidth: report.bandwidth.median };
  const caveats = caveatsOf(report);
  return [
    ...(caveats.length === 0
      ? []
      : [html('ul', { class: 'caveats' }, ...caveats.map((text) => html('li', {}, text)))]),
    html('h2', {}, 'What was measured'),
    describeMachine(report),
    scrolling(figureTable(report)),
    html('p', { class: 'method' }, describeMethod(report)),
    html('h2', {}, 'Your roofline'),
    html(
      'p',
      { class: 'method' },
      `Left of ${formatNumber(ridgeOf(roof))} FLOP a byte memory is the limit, right of it computing. Each dot is what this machine could reach at most for one use of a model; the numbers are those of the table. Models as small as these fit in caches, from which a second inference may read faster than this roof says.`,
    ),
    html('figure', { class: 'chart', tabindex: 0 }, drawRoofline(roof, points)),
    scrolling(modelTable(roof, points)),
  ];
}

function scrolling(table: HTMLElement): HTMLElement {
  return html('div', { class: 'wide', tabindex: 0, role: 'group', 'aria-label': 'Table' }, table);
}

const TIMERS: Readonly<Record<Timer, string>> = {
  'timestamp-query': "the device's own clock (timestamp-query)",
  onSubmittedWorkDone: 'waiting until the queue was done (onSubmittedWorkDone)',
  'performance.now': "the tab's clock (performance.now)",
};

function describeMethod({ timer, bandwidth, compute, product }: Report): string {
  const rounds = [bandwidth, compute, product]
    .filter((rate) => rate !== null)
    .map(({ warmUpRounds }) => warmUpRounds);
  const second = bandwidth.second
    ? `Checked against ${TIMERS[bandwidth.second.timer]}${timer === bandwidth.second.timer ? ', by the difference between four passes and one' : ''}.`
    : 'There is no second clock to check it against.';
  const warmUp =
    Math.min(...rounds) === Math.max(...rounds)
      ? `${rounds[0]}`
      : `${Math.min(...rounds)} to ${Math.max(...rounds)}`;
  return `Timed by ${TIMERS[timer]}. ${second} Warm-up: rounds until two in a row were within 5 %, at most eight; here ${warmUp}. Then twelve rounds: the median, the middle half, and samples beyond 1.5 times its width left out and named.`;
}

function describeMachine({ adapter, backend }: Report): HTMLElement {
  if (!adapter || backend === 'cpu')
    return html(
      'p',
      { class: 'machine' },
      'One core of the processor, measured in JavaScript. It is no accelerator, and a program with threads and vector instructions would reach several times as much.',
    );
  const entry = (term: string, ...said: readonly (string | Node)[]): HTMLElement[] => [
    html('dt', {}, term),
    html('dd', {}, ...said),
  ];
  const has = (name: string, yes: string, no: string): string =>
    adapter.features.includes(name) ? yes : no;
  return html(
    'dl',
    { class: 'machine' },
    ...entry(
      'Adapter',
      adapter.name || 'The browser does not tell its name.',
      adapter.isSoftware ? ' (software)' : '',
    ),
    ...entry(
      'Features',
      [
        has('shader-f16', 'computes with 16-bit floats', 'no 16-bit floats in shaders'),
        has('subgroups', 'has subgroups', 'no subgroups'),
        has('timestamp-query', 'lets shaders be timed', 'does not let shaders be timed'),
      ].join(', '),
      html(
        'details',
        {},
        html('summary', {}, `All ${adapter.features.length}`),
        adapter.features.join(', '),
      ),
    ),
    ...Object.entries(adapter.limits).flatMap(([name, value]) =>
      entry(LIMITS[name] ?? name, formatLimit(name, value)),
    ),
  );
}

const LIMITS: Readonly<Record<string, string>> = {
  maxBufferSize: 'Largest buffer',
  maxStorageBufferBindingSize: 'Largest that a shader reads at once',
  maxComputeWorkgroupStorageSize: 'Shared memory of a workgroup',
  maxComputeInvocationsPerWorkgroup: 'Invocations in a workgroup',
  maxStorageBuffersPerShaderStage: 'Buffers that a shader reads at once',
};

function figureTable({ bandwidth, compute, product }: Report): HTMLElement {
  const row = (name: string, rate: Rate, said: string): HTMLElement => {
    const format = rate.unit === 'GB/s' ? formatBandwidth : formatFlops;
    return html(
      'tr',
      {},
      html('th', { scope: 'row' }, name, html('small', {}, said)),
      html('td', {}, format(rate.median)),
      html('td', {}, `${formatNumber(rate.quartiles[0])} to ${formatNumber(rate.quartiles[1])}`),
      html('td', {}, rate.outliers.map(formatNumber).join(', ') || 'none'),
      html(
        'td',
        {},
        rate.second ? `${format(rate.second.median)} (x ${rate.second.ratio.toFixed(2)})` : 'none',
      ),
    );
  };
  const rows = [
    row('Memory', bandwidth, bandwidth.method),
    row('Computing', compute, compute.method),
  ];
  if (product)
    rows.push(
      row(
        'Matrix product',
        product,
        `${product.method} Largest error ${product.error.toExponential(1)}.`,
      ),
    );
  return table(['', 'Median', 'Middle half', 'Left out', 'Second timer'], rows);
}

function modelTable(roof: Roof, points: readonly ModelPoint[]): HTMLElement {
  const rows = points.map(({ model, use, flops, bytes }, index) =>
    html(
      'tr',
      {},
      html(
        'th',
        { scope: 'row' },
        `${index + 1}. `,
        html('a', { href: `/models/${model}/` }, model),
        html('small', {}, use),
      ),
      html('td', {}, formatAmount(flops, 'FLOP')),
      html('td', {}, formatAmount(bytes, 'B')),
      html('td', {}, formatNumber(flops / bytes)),
      html('td', {}, flops / bytes < ridgeOf(roof) ? 'memory' : 'computing'),
      html('td', {}, formatTime(leastSeconds(roof, flops, bytes))),
    ),
  );
  return table(['Model', 'Work', 'From memory', 'FLOP/B', 'Limit', 'At least'], rows);
}

function table(heads: readonly string[], rows: readonly HTMLElement[]): HTMLElement {
  return html(
    'table',
    {},
    html(
      'thead',
      {},
      html(
        'tr',
        {},
        ...heads.map((head) => html(head ? 'th' : 'td', head ? { scope: 'col' } : {}, head)),
      ),
    ),
    html('tbody', {}, ...rows),
  );
}
