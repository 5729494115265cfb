import type { Sheet } from './start/law.ts';

/** A sheet and what it is there to find out. */
export interface HiddenSheet {
  readonly sheet: Sheet;
  /** Which roof is the lower one. */
  readonly binds: 'memory' | 'computing';
  readonly step: number;
  readonly knee: number;
}

/**
 * Five accelerators with a model each, new in every attempt. By batch: one sequence, many long ones whose
 * keys and values outweigh the weights, just below and just above the knee, far above it.
 */
export function drawSheets(random: () => number): readonly HiddenSheet[] {
  const between = (low: number, high: number): number => low + random() * (high - low);
  const draw = (share: number, kvShare: number, weight_bytes: 1 | 2): HiddenSheet => {
    const bandwidth = Math.round(between(4, 40)) * 1e11;
    // So that the knee lies between 60 and 400.
    const wanted = between(60, 400);
    const flops = Math.round((2 * wanted * bandwidth) / weight_bytes / 1e12) * 1e12;
    const parameters = Math.round(between(10, 700)) * 1e8;
    const knee = (flops * weight_bytes) / (2 * bandwidth);
    const batch = Math.max(1, Math.round(share * knee));
    const kv_bytes = Math.round((kvShare * parameters * weight_bytes) / batch / 1e3) * 1e3;
    const memory = (parameters * weight_bytes + batch * kv_bytes) / bandwidth;
    const computing = (2 * parameters * batch) / flops;
    return {
      sheet: { flops, bandwidth, parameters, weight_bytes, kv_bytes, batch },
      binds: memory > computing ? 'memory' : 'computing',
      step: Math.max(memory, computing),
      knee,
    };
  };
  return [
    draw(0, 0.1, 2),
    draw(0.3, 1.5, 1),
    draw(0.75, 0.1, 2),
    draw(1.6, 0.2, 1),
    draw(4, 0.3, 2),
  ];
}
