import type { TriageClass } from './classes.ts';

/**
 * Share of each class among the tickets of the company in the labs. A mean weighted like this forgives a model that is
 * never right about what is rare, and broken hardware is rare.
 */
export const TICKET_MIX: Readonly<Record<TriageClass, number>> = {
  access: 0.15,
  capacity: 0.2,
  database: 0.15,
  deploy: 0.2,
  hardware: 0.02,
  'model-quality': 0.06,
  network: 0.14,
  storage: 0.08,
};
