import type { Terminal } from '@xterm/xterm';
import { commonPrefix, completeWord, type Known } from '../shell/complete.ts';
import { applyKey, EMPTY_LINE, insert, splitKeys, type Line } from '../shell/line-editor.ts';
import { needsMore } from '../shell/needs-more.ts';
import { renderLine } from '../shell/render-line.ts';
import { History } from './history.ts';
import type { FinishedRun } from './shell-client.ts';
import { describeError } from '../state/describe-error.ts';

export interface ConsoleOptions {
  run(line: string): Promise<FinishedRun | null>;
  abort(): void;
  list(word: string): Promise<readonly string[]>;
  known(): Known;
  onLeave(): void;
}

/** A prompt with line editing, history and completion over a terminal. One line runs at a time. */
export class Console {
  #terminal: Terminal;
  #options: ConsoleOptions;
  #history = new History();
  #line: Line = EMPTY_LINE;
  /** Lines of a command that is not yet whole. */
  #before: string[] = [];
  #row = 0;
  #directory = '/lab';
  #isBusy = true;
  #ahead: string[] = [];
  #atLineStart = true;

  constructor(terminal: Terminal, options: ConsoleOptions) {
    this.#terminal = terminal;
    this.#options = options;
    terminal.onData((data) => void this.#type(data));
    terminal.onResize(() => {
      if (!this.#isBusy) this.#draw();
    });
  }

  /** Shows the prompt for the first time. */
  open(greeting: string): void {
    this.print(greeting);
    this.#prompt();
  }

  /** Writes output of the running command. */
  print(text: string, isError = false): void {
    if (text === '') return;
    const rows = text.replaceAll(/\r?\n/g, '\r\n');
    this.#terminal.write(isError ? `\x1b[31m${rows}\x1b[0m` : rows);
    this.#atLineStart = ['\n', '\r', '\r\x1b[K'].some((end) => text.endsWith(end));
  }

  async #type(data: string): Promise<void> {
    for (const key of splitKeys(data)) {
      if (this.#isBusy) this.#typeAhead(key);
      else await this.#press(key);
    }
  }

  #typeAhead(key: string): void {
    if (key === '\x03') {
      this.#ahead = [];
      this.print('^C\n');
      this.#options.abort();
    } else if (key === '\x1b') this.#options.onLeave();
    else this.#ahead.push(key);
  }

  async #press(key: string): Promise<void> {
    const { line, action } = applyKey(this.#line, key);
    this.#line = line;
    if (action === 'submit') return this.#submit();
    if (action === 'complete') return this.#complete();
    if (action === 'leave') return this.#options.onLeave();
    if (action === 'interrupt') {
      this.#move(this.#line.text.length);
      this.print('^C\n');
      this.#before = [];
      return this.#prompt();
    }
    if (action === 'clear') this.#terminal.clear();
    if (action === 'older') this.#line = this.#history.older(this.#line);
    if (action === 'newer') this.#line = this.#history.newer(this.#line);
    this.#draw();
  }

  async #submit(): Promise<void> {
    const { text } = this.#line;
    this.#move(text.length);
    this.print('\n');
    this.#history.add(text);
    const whole = [...this.#before, text].join('\n');
    if (needsMore(whole)) {
      this.#before.push(text);
      return this.#prompt();
    }
    this.#before = [];
    if (whole.trim() === 'clear') this.#terminal.clear();
    else if (whole.trim() !== '') await this.#run(whole);
    this.#prompt();
  }

  async #run(text: string): Promise<void> {
    this.#isBusy = true;
    try {
      const finished = await this.#options.run(text);
      if (finished) {
        this.print(finished.stdout);
        this.print(finished.stderr, true);
        this.#directory = finished.directory;
      } else {
        this.print('The shell did not stop and was started anew. The files are kept.\n', true);
        this.#directory = '/lab';
      }
    } catch (error) {
      const reason = describeError(error);
      this.print(`The shell could not run this: ${reason}\n`, true);
    }
  }

  async #complete(): Promise<void> {
    const before = this.#line.text.slice(0, this.#line.cursor);
    const word = before.split(/\s/).pop() ?? '';
    const candidates =
      completeWord(before, this.#options.known()) ?? (await this.#options.list(word));
    const prefix = commonPrefix(candidates);
    const isWhole = candidates.length === 1 && !/[/]$/.test(prefix);
    this.#line = insert(this.#line, prefix.slice(word.length) + (isWhole ? ' ' : ''));
    if (candidates.length > 1 && prefix === word) {
      this.#move(this.#line.text.length);
      this.print(`\n${candidates.slice(0, 60).join('  ')}\n`);
      this.#row = 0;
    }
    this.#draw();
  }

  #prompt(): void {
    if (!this.#atLineStart) this.print('\n');
    this.#line = EMPTY_LINE;
    this.#row = 0;
    this.#isBusy = false;
    this.#draw();
    const ahead = this.#ahead.join('');
    this.#ahead = [];
    if (ahead) void this.#type(ahead);
  }

  #move(cursor: number): void {
    this.#line = { ...this.#line, cursor };
    this.#draw();
  }

  #draw(): void {
    const place = this.#before.length > 0 ? '' : `${this.#directory} `;
    const sign = this.#before.length > 0 ? '> ' : '$ ';
    const prompt = { text: `\x1b[36m${place}\x1b[0m${sign}`, width: place.length + sign.length };
    const { output, row } = renderLine(prompt, this.#line, this.#terminal.cols, this.#row);
    this.#terminal.write(output);
    this.#row = row;
    this.#atLineStart = false;
  }
}
