import type { Mix } from '#load/mix.ts';
import type { LoadForm } from './load-form.ts';

type MixFields = Pick<LoadForm, 'tenants' | 'keys' | 'zipf'>;

/** How unequal the keys are when nobody says: the most popular one twice as often as the second. */
const USUAL_ZIPF = 1;

/** The fields of a form that stand for the tenants and keys of this mix. */
export function writeMix(mix: Mix | undefined): MixFields {
  const { tenants, keys } = mix ?? {};
  return {
    tenants: (tenants?.of ?? []).map(({ name, weight }) => `${name}:${weight}`).join(', '),
    keys: keys?.count ?? null,
    zipf: keys?.exponent ?? USUAL_ZIPF,
  };
}

/** The mix that the form asks for, undefined without any; what cannot be read is left to the plan to refuse. */
export function readMix({ tenants, keys, zipf }: MixFields, classes: Mix['classes']): unknown {
  const of = tenants.split(/[\s,;]+/).filter((part) => part !== '');
  const mix = {
    ...(classes ? { classes } : {}),
    ...(of.length > 0 ? { tenants: { of: of.map(readTenant) } } : {}),
    ...(keys === null ? {} : { keys: { count: keys, exponent: zipf ?? USUAL_ZIPF } }),
  };
  return Object.keys(mix).length > 0 ? mix : undefined;
}

/** `2 classes, tenants gold and free, 1,000 keys`; empty without a mix. */
export function describeMix(mix: Mix | undefined): string {
  const { classes, tenants, keys } = mix ?? {};
  return [
    ...(classes ? [`classes ${classes.map(({ name }) => name).join(', ')}`] : []),
    ...(tenants ? [`tenants ${tenants.of.map(showTenant).join(', ')}`] : []),
    ...(keys ? [`${keys.count.toLocaleString('en-GB')} keys, Zipf ${keys.exponent}`] : []),
  ].join('; ');
}

/** `gold:3`, or `gold` for a weight of 1. */
function readTenant(text: string): { name: string; weight: number } {
  const [name = '', weight = '1'] = text.split(':');
  return { name, weight: weight === '' ? NaN : Number(weight) };
}

function showTenant({ name, weight }: { readonly name: string; readonly weight: number }): string {
  return `${name}:${weight}`;
}
