import type { Queries } from '#platform/audit.ts';
import { claimStatements, postpone, release, settle, type Claimed } from './db/outbox.ts';
import type { Delivery, StoreClient } from './store-client.ts';

const atOnce = 20;
/** A store that answers with trouble of its own this often for one statement never takes it. */
const mostAttempts = 12;

/** How the sending went. */
export interface DeliveryTally {
  readonly sent: number;
  readonly refused: number;
  /** What the store said where it is not to be reached; null where it is. */
  readonly outage: string | null;
}

/**
 * Sends one batch of what waits. A statement that the store does not take is put aside and the others go
 * on; where the store cannot be reached at all, the rest waits.
 */
export async function deliverStatements(db: Queries, store: StoreClient): Promise<DeliveryTally> {
  const claimed = await claimStatements(db, atOnce);
  let [sent, refused] = [0, 0];
  for (const [index, statement] of claimed.entries()) {
    const delivery = await store.send(statement.statement);
    await writeDown(db, statement, delivery);
    if (delivery.kind === 'sent') sent += 1;
    else if (delivery.kind !== 'unavailable') refused += 1;
    else if (!delivery.isAlive) {
      for (const { id } of claimed.slice(index + 1)) await release(db, id);
      return { sent, refused, outage: delivery.fault };
    }
  }
  return { sent, refused, outage: null };
}

async function writeDown(db: Queries, { id, attempts }: Claimed, delivery: Delivery) {
  if (delivery.kind === 'sent') return settle(db, id, 'sent', null);
  if (delivery.kind !== 'unavailable') return settle(db, id, delivery.kind, delivery.fault);
  if (delivery.isAlive && attempts >= mostAttempts)
    return settle(db, id, 'given-up', delivery.fault);
  return postpone(db, id, delivery.fault);
}
