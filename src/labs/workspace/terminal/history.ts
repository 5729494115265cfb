import { EMPTY_LINE, type Line } from '../shell/line-editor.ts';

const KEPT = 500;

/** Lines entered before; what was being typed comes back after the newest. */
export class History {
  #entries: string[] = [];
  #at = 0;
  #draft: Line = EMPTY_LINE;

  add(text: string): void {
    const isNew = text.trim() !== '' && this.#entries.at(-1) !== text;
    if (isNew) this.#entries = [...this.#entries, text].slice(-KEPT);
    this.#at = this.#entries.length;
    this.#draft = EMPTY_LINE;
  }

  older(current: Line): Line {
    if (this.#at === 0) return current;
    if (this.#at === this.#entries.length) this.#draft = current;
    return this.#show(this.#at - 1);
  }

  newer(current: Line): Line {
    return this.#at === this.#entries.length ? current : this.#show(this.#at + 1);
  }

  #show(at: number): Line {
    this.#at = at;
    const text = this.#entries[at];
    return text === undefined ? this.#draft : { text, cursor: text.length };
  }
}
