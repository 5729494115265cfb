import type { TriageClass } from '../classes.ts';
import { access } from './questions/access.ts';
import { capacity } from './questions/capacity.ts';
import { database } from './questions/database.ts';
import { deploy } from './questions/deploy.ts';
import { hardware } from './questions/hardware.ts';
import { modelQuality } from './questions/model-quality.ts';
import { network } from './questions/network.ts';
import { storage } from './questions/storage.ts';

/**
 * How people ask about each symptom of the runbooks, in the order of KNOWLEDGE: templates of template.ts, eight wordings
 * each, half of them in the words of the symptom and half in others. `<svc>` is the service that the runbook is for.
 */
export const QUESTIONS: Readonly<Record<TriageClass, readonly (readonly string[])[]>> = {
  access,
  capacity,
  database,
  deploy,
  hardware,
  'model-quality': modelQuality,
  network,
  storage,
};
