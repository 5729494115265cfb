/** One row of prices.yaml. */
export interface PriceRow {
  readonly sku: string;
  readonly what: string;
  readonly price: number;
  readonly currency: string;
  readonly unit: Unit;
  /** For a machine: its tokens a second over those of the replica that was measured. */
  readonly speed?: number | undefined;
  readonly retrieved_on: string;
  readonly expires_on: string;
  readonly source: string;
}

export type Unit = 'second' | 'hour' | 'month' | 'GB' | 'TB';

/** How many hours, or GB, one unit is. */
const SIZE: Readonly<Record<Unit, { readonly of: 'hour' | 'GB'; readonly size: number }>> = {
  second: { of: 'hour', size: 1 / 3600 },
  hour: { of: 'hour', size: 1 },
  month: { of: 'hour', size: 730 },
  GB: { of: 'GB', size: 1 },
  TB: { of: 'GB', size: 1000 },
};

export type FoundPrice =
  | {
      readonly ok: true;
      readonly row: PriceRow;
      /** For one hour, or one GB. */ readonly price: number;
    }
  | { readonly ok: false; readonly message: string; readonly repair: string };

/** The price of a SKU for one hour or one GB on a day (`2026-11-24`), or why there is none to use. */
export function findPrice(
  rows: readonly PriceRow[],
  sku: string,
  per: 'hour' | 'GB',
  day: string,
): FoundPrice {
  const row = rows.find((one) => one.sku === sku);
  if (!row) {
    const skus = rows.map((one) => one.sku).join(', ');
    return {
      ok: false,
      message: `prices.yaml has no row "${sku}".`,
      repair: `Name one of: ${skus}.`,
    };
  }
  const { of, size } = SIZE[row.unit];
  if (of !== per) {
    const message = `${sku} is sold by the ${row.unit}, and here something sold by the ${per} is needed.`;
    return { ok: false, message, repair: 'Name another row.' };
  }
  if (day > row.expires_on || day < row.retrieved_on) {
    const message = `The price of ${sku} holds from ${row.retrieved_on} to ${row.expires_on}, and the estimate is as of ${day}.`;
    return {
      ok: false,
      message,
      repair: 'Name a row that holds on that day, or ask for the price again.',
    };
  }
  return { ok: true, row, price: row.price / size };
}
