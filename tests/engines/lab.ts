import type { Driver, Target } from '../support/driver.ts';

const POLL_MS = 100;

/** A lab in any browser, in the words of a person at the screen. Everything waits, and says for what. */
export class Lab {
  readonly #driver: Driver;
  readonly #origin: string;
  #lines = 0;

  constructor(driver: Driver, origin: string) {
    this.#driver = driver;
    this.#origin = origin;
  }

  open(path: string): Promise<void> {
    return this.#driver.open(this.#origin + path);
  }

  async click(selector: string, name: RegExp): Promise<void> {
    const target: Target = { selector, name };
    await until(`${selector} called ${name} to click`, 10_000, async () => {
      const isClicked = await this.#driver.click(target);
      return isClicked ? 'clicked' : { found: 'nothing of that name' };
    });
  }

  /** Waits until the text of an element matches. */
  see(selector: string, expected: RegExp, limitMs = 15_000): Promise<unknown> {
    return until(`${expected} in ${selector}`, limitMs, async () => {
      const text = await this.read(selector);
      return text !== null && expected.test(text) ? 'seen' : { found: text ?? 'no such element' };
    });
  }

  /** The text of the first visible element, white space collapsed; null when there is none. */
  read(selector: string): Promise<string | null> {
    return this.#driver.evaluate((wanted) => {
      const all = [...document.querySelectorAll(wanted)];
      const text = all.find((element) => element.checkVisibility())?.textContent;
      return text?.replaceAll(/\s+/g, ' ').trim() ?? null;
    }, selector);
  }

  /**
   * Checks until there is a verdict on the files; throws when it is not a pass, with what it says. A check
   * that the machine was too busy for is done again, as its words ask for.
   */
  async check(attempts = 3): Promise<void> {
    await this.click('button', /^Check$/);
    await this.see('.checks .run', /Checking on a fresh cluster/);
    await this.see('.checks .run', /Check again/, 60_000);
    const verdict = (await this.read('.verdict')) ?? '';
    if (/could not finish/.test(verdict) && attempts > 1) {
      console.log(`checked again: ${verdict}`);
      return this.check(attempts - 1);
    }
    if (!verdict.startsWith('Passed')) throw new Error(`${verdict}\n${await this.read('.checks')}`);
  }

  /** Starts the lab from the page that shows it and waits for the coloured editor and its text. */
  async start(): Promise<void> {
    await this.click('button', /^Start the lab$/);
    await this.see('.monaco-editor .view-lines', /replicas:/);
    await this.see('.monaco-editor .view-line span[class*=mtk]', /./);
  }

  deploy(): Promise<void> {
    return this.click('button', /^Deploy$/);
  }

  /** Types at the end of the line of the open file that holds this text. */
  async typeAfter(line: RegExp, text: string): Promise<void> {
    await this.click('.monaco-editor .view-line', line);
    await this.#driver.press('End');
    await this.#driver.type(text);
  }

  /** Runs a line in the terminal to its end; what it printed, as far as it is on the screen, must match. */
  async run(line: string, expected: RegExp, limitMs = 15_000): Promise<void> {
    this.#lines += 1;
    const end = `end-${this.#lines}`;
    // Quoted, so that no row of the typed line, wherever it wraps, reads as the end.
    const mark = `echo "end"-${this.#lines}`;
    await this.click('[role=tab]', /^Terminal/);
    await this.click('.xterm-screen', /(?:)/);
    await this.#driver.type(`clear\n${line}; ${mark}\n`);
    const screen = await until(`the end of "${line}"`, limitMs, async () => {
      const rows = await this.#readRows();
      return rows.some((row) => row.trim() === end) ? rows.join('') : { found: rows.join('\n') };
    });
    const printed = screen.split(mark).at(-1) ?? '';
    if (!expected.test(printed))
      throw new Error(`"${line}" printed:\n${printed}\nnot ${expected}.`);
  }

  /** Asks for a prediction until the model is loaded, as an operator would who has no readiness probe yet. */
  async predict(limitMs = 20_000): Promise<void> {
    const ask = `curl -s -d '{"text":"disk full on node-7"}' http://triage/classify`;
    const wait = `until ${ask} | grep label; do sleep 0.5; done`;
    await this.run(wait, /"label":"storage"/, limitMs);
  }

  #readRows(): Promise<string[]> {
    return this.#driver.evaluate(
      (rows) => [...document.querySelectorAll(rows)].map((row) => row.textContent),
      '.xterm-rows > div',
    );
  }
}

/** Asks until there is an answer; after the limit it throws with what was found last. */
async function until(
  what: string,
  limitMs: number,
  ask: () => Promise<string | { found: string }>,
): Promise<string> {
  const end = performance.now() + limitMs;
  for (;;) {
    // A page that is just going away cannot be asked: that is no answer yet.
    const answer = await ask().catch((error: unknown) => ({ found: String(error) }));
    if (typeof answer === 'string') return answer;
    if (performance.now() > end)
      throw new Error(
        `Waited ${limitMs / 1000} s for ${what}; found:\n${answer.found.slice(0, 1500)}`,
      );
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
