/** An element as a person finds it: what it is, as a CSS selector, and what it is called. */
export interface Target {
  readonly selector: string;
  readonly name: RegExp;
}

/** One browser with one page in it, whatever protocol it is driven by. */
export interface Driver {
  /** The browser and its version. */
  readonly engine: string;
  open(url: string): Promise<void>;
  /** Runs a function in the page; it sees nothing but its argument and the page. */
  evaluate<A, T>(act: (argument: A) => T | Promise<T>, argument: A): Promise<T>;
  /** Clicks the first visible element of that name with the pointer; false when there is none yet. */
  click(target: Target): Promise<boolean>;
  /** Types into whatever has the focus; a line feed is the Enter key. */
  type(text: string): Promise<void>;
  press(key: 'End' | 'Escape'): Promise<void>;
  /** What the page threw and nobody caught, where the protocol tells. */
  readonly pageErrors: readonly string[];
  /** A PNG of the page. */
  screenshot(): Promise<Uint8Array>;
  close(): Promise<void>;
  /** Ends the browser at once, also when it hangs. */
  kill(): void;
}

/** Runs in the page: the first visible, enabled element that answers to a name, given as a pattern. */
export function locate({ selector, name }: { selector: string; name: string }): Element | null {
  const pattern = new RegExp(name);
  for (const element of document.querySelectorAll(selector)) {
    const called = element.getAttribute('aria-label') ?? element.textContent;
    const isUsable = element.checkVisibility() && !element.matches(':disabled');
    if (isUsable && pattern.test(called.replaceAll(/\s+/g, ' ').trim())) return element;
  }
  return null;
}
