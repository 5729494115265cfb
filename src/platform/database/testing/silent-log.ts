import { createLog } from '#platform/log.ts';

/** Swallows everything. */
export const silentLog = createLog('silent');
