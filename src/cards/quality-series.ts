import type { ListedModel } from './listed-model.ts';

/** A model's file in some number of bits, and how good it is. */
interface QualityPoint {
  readonly variant: string;
  readonly bytes: number;
  readonly quality: number;
}

/** Quality against size over a model's variants, all measured alike. */
export interface QualitySeries {
  readonly model: string;
  /** What the quality is, with its unit. */
  readonly measure: string;
  readonly isLowerBetter: boolean;
  /** Largest file first. */
  readonly points: readonly QualityPoint[];
  format(quality: number): string;
  /** As `format`, for round numbers at an axis. */
  formatTick(quality: number): string;
}

/** The series of a model; null for one without variants. Throws when a variant lacks the figure. */
export function readQualitySeries(listed: ListedModel): QualitySeries | null {
  const { manifest } = listed;
  if (manifest.variants.length === 0) return null;
  const measure = MEASURES[manifest.task];
  const variants = manifest.variants.map(({ name, file, quality }) => ({
    variant: name,
    bytes: file.bytes,
    quality: figure(quality[measure.key], `${manifest.name}, variant ${name}`, measure.key),
  }));
  const full = { variant: 'full', bytes: manifest.files.model.bytes, quality: fullQuality(listed) };
  return {
    model: manifest.name,
    measure: measure.name,
    isLowerBetter: measure.isLowerBetter,
    format: measure.format,
    formatTick: (quality) => shorten(measure.format(quality)),
    points: [full, ...variants].toSorted((one, other) => other.bytes - one.bytes),
  };
}

function shorten(text: string): string {
  return text.replace(/\.0 %$/, ' %').replace(/(\.\d\d)0$/, '$1');
}

interface Measure {
  readonly key: string;
  readonly name: string;
  readonly isLowerBetter: boolean;
  readonly format: (quality: number) => string;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const MEASURES: Readonly<Record<ListedModel['manifest']['task'], Measure>> = {
  classify: {
    key: 'unseen',
    name: 'right on unseen templates',
    isLowerBetter: false,
    format: percent,
  },
  generate: {
    key: 'loss',
    name: 'nats per token',
    isLowerBetter: true,
    format: (loss) => loss.toFixed(3),
  },
  embed: { key: 'recallAt10', name: 'recall@10', isLowerBetter: false, format: percent },
  anomaly: {
    key: 'auc',
    name: 'ROC AUC',
    isLowerBetter: false,
    format: (auc) => auc.toFixed(3),
  },
};

/** The full model's figure by the measure of its variants. A language model's stands in its card only: its manifest's is of other documents. */
function fullQuality({ manifest, card }: ListedModel): number {
  switch (manifest.task) {
    case 'classify':
      return manifest.evaluation.unseen.accuracy;
    case 'embed':
      return manifest.evaluation.heldOut.recallAt10;
    case 'anomaly':
      return manifest.evaluation.heldOutMachines.auc;
    case 'generate': {
      const [, loss] = /^\| full \| [\d,]+ \| ([\d.]+) \|/m.exec(card) ?? [];
      return figure(
        loss === undefined ? undefined : Number(loss),
        `${manifest.name}, card`,
        'full',
      );
    }
  }
}

function figure(value: number | undefined, where: string, key: string): number {
  if (value !== undefined && Number.isFinite(value)) return value;
  throw new Error(`models/${where}: the figure "${key}" is missing. Run npm run models:quantise.`);
}
