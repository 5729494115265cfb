import type { TriageClass } from './classes.ts';
import { access } from './glossary/access.ts';
import { capacity } from './glossary/capacity.ts';
import { database } from './glossary/database.ts';
import { deploy } from './glossary/deploy.ts';
import { hardware } from './glossary/hardware.ts';
import { modelQuality } from './glossary/model-quality.ts';
import { network } from './glossary/network.ts';
import { storage } from './glossary/storage.ts';

const TERMS: Record<TriageClass, string> = {
  access,
  capacity,
  database,
  deploy,
  hardware,
  'model-quality': modelQuality,
  network,
  storage,
};

/** The words of the trade by class: what an engineer knows before the first ticket. Used in training only. */
export const GLOSSARY = Object.fromEntries(
  Object.entries(TERMS).map(([name, terms]) => [name, terms.trim().split(/[|\n]/)]),
) as Record<TriageClass, string[]>;
