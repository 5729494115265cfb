import { load } from 'model';

const triage = await load('triage');
await triage.warm();

export default {
  fetch: async () => Response.json(await triage.classify('disk full on node-7')),
};
