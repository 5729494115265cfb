import { readdirSync, readFileSync } from 'node:fs';

const folder = 'tests/e2e';

/** Names of the files of browser tests that open a site with accounts. */
export function listAccountSpecs(): string[] {
  return listSpecs((text) => text.includes('openAccountSite('));
}

/** Those of them without a lab: they wait for pages and servers more than they compute. */
export function listPageSpecs(): string[] {
  return listSpecs((text) => text.includes('openAccountSite(') && !text.includes('LabPage'));
}

function listSpecs(isWanted: (text: string) => boolean): string[] {
  return readdirSync(folder).filter(
    (name) => name.endsWith('.spec.ts') && isWanted(readFileSync(`${folder}/${name}`, 'utf8')),
  );
}
