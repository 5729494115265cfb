import type { TriageClass } from './classes.ts';
import type { ClassTemplates } from './template.ts';
import { access } from './templates/access.ts';
import { capacity } from './templates/capacity.ts';
import { database } from './templates/database.ts';
import { deploy } from './templates/deploy.ts';
import { hardware } from './templates/hardware.ts';
import { modelQuality } from './templates/model-quality.ts';
import { network } from './templates/network.ts';
import { storage } from './templates/storage.ts';

/** Every template of every class. */
export const TEMPLATES: Readonly<Record<TriageClass, ClassTemplates>> = {
  access,
  capacity,
  database,
  deploy,
  hardware,
  'model-quality': modelQuality,
  network,
  storage,
};
