import type { Arrivals } from '#load/arrivals.ts';
import type { LoadForm } from './load-form.ts';

type ArrivalFields = Pick<
  LoadForm,
  'process' | 'rate' | 'burstiness' | 'levels' | 'from' | 'to' | 'times' | 'samples'
>;

const EMPTY = {
  rate: 20,
  burstiness: 0.5,
  levels: '0:10, 10:40',
  from: 5,
  to: 50,
  times: '0 0.5 1 1.2 1.3 2',
  samples: 8,
};

/** The fields of a form that stand for these arrivals, the others with something to begin from. */
export function writeArrivals(arrivals: Arrivals): ArrivalFields {
  const { process } = arrivals;
  switch (process) {
    case 'step': {
      const levels = arrivals.levels.map(({ fromSeconds, rate }) => `${fromSeconds}:${rate}`);
      return { ...EMPTY, process, levels: levels.join(', ') };
    }
    case 'trace':
      return { ...EMPTY, process, times: arrivals.atSeconds.join(' ') };
    case 'ramp':
      return { ...EMPTY, process, from: arrivals.from, to: arrivals.to };
    default:
      return { ...EMPTY, ...arrivals };
  }
}

/** `0:10, 30:50` as levels; what is no number becomes NaN, which the plan refuses. */
export function readLevels(text: string): { fromSeconds: number; rate: number }[] {
  return split(text).map((level) => {
    const [from = '', rate = ''] = level.split(':');
    return { fromSeconds: toNumber(from), rate: toNumber(rate) };
  });
}

/** Seconds as numbers; what is no number becomes NaN, which the plan refuses. */
export function readTimes(text: string): number[] {
  return split(text).map(toNumber);
}

function split(text: string): string[] {
  return text.split(/[\s,;]+/).filter((part) => part !== '');
}

function toNumber(text: string): number {
  return text === '' ? Number.NaN : Number(text.replace(/s$/, ''));
}
