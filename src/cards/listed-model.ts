import { markdownToHtml } from 'satteri';
import { parseManifest, type Manifest } from '#models/manifest.ts';

/** A committed model: what its manifest says, and its card. */
export interface ListedModel {
  readonly manifest: Manifest;
  /** The card's first sentence. */
  readonly purpose: string;
  /** The card without its title, as HTML of our own files. */
  readonly cardHtml: string;
  /** The card as it is committed, in Markdown. */
  readonly card: string;
}

const manifests = import.meta.glob<string>('/models/*/manifest.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const cards = import.meta.glob<string>('/models/*/card.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Every committed model, those that are worse on purpose last; throws when one has no card. */
export function listModels(): ListedModel[] {
  return Object.entries(manifests)
    .map(([path, text]) => readModel(path.replace(/manifest\.json$/, ''), text))
    .toSorted(
      (one, other) =>
        Number(isWorseOnPurpose(one.manifest)) - Number(isWorseOnPurpose(other.manifest)) ||
        ORDER.indexOf(one.manifest.task) - ORDER.indexOf(other.manifest.task),
    );
}

const ORDER: readonly Manifest['task'][] = ['classify', 'generate', 'embed', 'anomaly'];

/** Whether the model was spoilt for a lab: a backdoor, a ruined class, memorised data, a planted secret. */
export function isWorseOnPurpose(manifest: Manifest): boolean {
  if (manifest.task === 'classify') return manifest.twin !== undefined;
  return manifest.task === 'generate' && manifest.canaries !== undefined;
}

function readModel(folder: string, text: string): ListedModel {
  const manifest = parseManifest(text);
  const card = cards[`${folder}card.md`];
  if (card === undefined)
    throw new Error(`${folder}card.md is missing: every committed model has a model card.`);
  const body = card.replace(/^# .*\n+/, '');
  const [sentence = ''] = body.replaceAll('\n', ' ').split(/(?<=\.) (?=[A-Z])/);
  return { manifest, purpose: sentence.trim(), cardHtml: toHtml(body), card };
}

function toHtml(markdown: string): string {
  const { html } = markdownToHtml(markdown);
  const names = new Map<string, number>();
  let heading = 'Card';
  // Long tables scroll inside the column, and whoever has no mouse reaches them with the tab key.
  return html
    .replaceAll(/<h[23][^>]*>(.*?)<\/h[23]>|<table>/g, (found: string, text?: string) => {
      if (text !== undefined) heading = text;
      if (found !== '<table>') return found;
      const count = (names.get(heading) ?? 0) + 1;
      names.set(heading, count);
      const name = count === 1 ? `Table: ${heading}` : `Table ${count}: ${heading}`;
      return `<div class="scroll" role="region" aria-label="${name}" tabindex="0">${found}`;
    })
    .replaceAll('</table>', '</table></div>');
}
