/** One page that matches, as the index describes it. */
export interface SearchHit {
  readonly url: string;
  readonly title: string;
  /** `Lesson`, `Lab`, `Course` or `Glossary`. */
  readonly kind: string;
  /** The course of a lesson. */
  readonly course: string | undefined;
  /** HTML of our own text with the words in `<mark>`. */
  readonly excerpt: string;
  /** Matching sections, with their anchors. */
  readonly sections: readonly { readonly title: string; readonly url: string }[];
}

interface PagefindData {
  url: string;
  excerpt: string;
  meta: Record<string, string>;
  filters: Record<string, string[]>;
  sub_results: { title: string; url: string }[];
}

interface Pagefind {
  search(query: string): Promise<{ results: { data(): Promise<PagefindData> }[] }>;
}

const mostHits = 12;
let index: Promise<Pagefind> | undefined;

/** Searches the index, which is fetched on the first call; best matches first. */
export async function searchIndex(query: string): Promise<{ total: number; hits: SearchHit[] }> {
  index ??= loadIndex();
  const { results } = await (await index).search(query);
  const pages = await Promise.all(results.slice(0, mostHits).map((result) => result.data()));
  return { total: results.length, hits: pages.map(toHit) };
}

async function loadIndex(): Promise<Pagefind> {
  // Written after the bundling, so the bundler must leave the address alone.
  const address = '/pagefind/pagefind.js';
  try {
    return (await import(/* @vite-ignore */ address)) as Pagefind;
  } catch (error) {
    index = undefined;
    throw error;
  }
}

function toHit(page: PagefindData): SearchHit {
  const title = page.meta['title'] ?? page.url;
  return {
    url: page.url,
    title,
    kind: page.filters['kind']?.[0] ?? 'Page',
    course: page.meta['course'],
    excerpt: page.excerpt,
    sections: page.sub_results
      .filter((section) => section.url.includes('#') && section.title !== title)
      .slice(0, 3)
      .map((section) => ({ title: section.title, url: section.url })),
  };
}
