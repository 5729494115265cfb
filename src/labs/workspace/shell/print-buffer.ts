/** Milliseconds between two messages to the screen. */
const PAUSE_MS = 30;
const LONGEST = 65_536;

type Send = (stdout: string, stderr: string) => void;

/**
 * Gathers what a busy loop prints, in order: a message for each line would keep the page from
 * hearing Ctrl+C. What comes after a pause is sent at once.
 */
export class PrintBuffer {
  #send: Send;
  #text = '';
  #isError = false;
  #sentAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: Send) {
    this.#send = send;
  }

  add(stdout: string, stderr: string): void {
    this.#append(stdout, false);
    this.#append(stderr, true);
    // A loop that never waits leaves no turn to a timer, so the clock is asked here as well.
    if (performance.now() - this.#sentAt >= PAUSE_MS || this.#text.length > LONGEST) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), PAUSE_MS);
  }

  /** Sends what is left. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#text === '') return;
    const text = this.#text;
    this.#text = '';
    this.#sentAt = performance.now();
    if (this.#isError) this.#send('', text);
    else this.#send(text, '');
  }

  #append(text: string, isError: boolean): void {
    if (text === '') return;
    if (isError !== this.#isError) this.flush();
    this.#isError = isError;
    this.#text += text;
  }
}
