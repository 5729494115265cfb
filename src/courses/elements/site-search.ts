import { make } from '#ui/make.ts';
import { searchIndex, type SearchHit } from './search-index.ts';

const typingPauseMs = 150;

/** `<site-search>`: searches while the reader types and keeps the words in the address. */
class SiteSearch extends HTMLElement {
  private timer = 0;
  private latest = '';

  connectedCallback(): void {
    this.field.value = new URLSearchParams(location.search).get('q') ?? '';
    this.field.addEventListener('input', () => this.searchSoon());
    this.querySelector('form')?.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.search();
    });
    this.addEventListener('keydown', (event) => this.walk(event));
    this.field.focus();
    if (this.field.value) void this.search();
  }

  private searchSoon(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.search(), typingPauseMs);
  }

  private async search(): Promise<void> {
    clearTimeout(this.timer);
    const query = this.field.value.trim();
    this.latest = query;
    history.replaceState(null, '', query ? `?q=${encodeURIComponent(query)}` : location.pathname);
    if (!query) return this.show('', []);
    try {
      const { total, hits } = await searchIndex(query);
      if (this.latest === query) this.show(describe(query, total, hits.length), hits);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.show(
        `The search index could not be loaded: ${reason} Reload the page to try again.`,
        [],
      );
    }
  }

  private show(status: string, hits: readonly SearchHit[]): void {
    const line = this.querySelector('[data-status]');
    if (line) line.textContent = status;
    this.querySelector('[data-results]')?.replaceChildren(...hits.map(renderHit));
  }

  private walk(event: KeyboardEvent): void {
    const links = [...this.querySelectorAll<HTMLAnchorElement>('.result-title')];
    const at = links.indexOf(event.target as HTMLAnchorElement);
    const steps: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1 };
    const to = steps[event.key];
    if (event.key === 'Escape' && at >= 0) this.field.focus();
    else if (to === -1 && at === 0) this.field.focus();
    else if (to !== undefined && links[to]) links[to].focus();
    else return;
    event.preventDefault();
  }

  private get field(): HTMLInputElement {
    return this.querySelector('input')!;
  }
}

function describe(query: string, total: number, shown: number): string {
  if (total === 0) return `Nothing found for “${query}”. Try one word, or a part of it.`;
  const pages = total === 1 ? 'One page' : `${total} pages`;
  return shown < total ? `${pages}, the best ${shown} shown.` : `${pages}.`;
}

function renderHit(hit: SearchHit): HTMLElement {
  const kind = hit.course ? `${hit.kind}, ${hit.course}` : hit.kind;
  return make(
    'li',
    {},
    make('a', { className: 'result-title', href: hit.url }, hit.title),
    make('span', { className: 'result-kind' }, kind),
    // The index holds our own text; Pagefind escapes it and adds nothing but <mark>.
    make('p', { className: 'result-excerpt', innerHTML: hit.excerpt }),
    make(
      'p',
      { className: 'result-sections' },
      ...hit.sections.map(({ url, title }) => make('a', { href: url }, title)),
    ),
  );
}

customElements.define('site-search', SiteSearch);
