import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import type { NodePlace, NodeShell } from '#pods/node-place.ts';
import { followColours } from '../follow-colours.ts';
import { themeOf } from './theme.ts';

export interface NodeTerminalListener {
  onFailure(error: unknown): void;
  /** Ctrl+Shift+Escape: the keyboard way out, since every other key is the shell's. */
  onLeave(): void;
}

/** Puts a terminal into the host with the WebContainer's own shell behind it. Returns what ends both. */
export function openNodeTerminal(
  host: HTMLElement,
  layer: HTMLElement,
  place: NodePlace,
  listener: NodeTerminalListener,
): () => void {
  const terminal = new Terminal({
    fontFamily: getComputedStyle(layer).getPropertyValue('--lab-mono'),
    fontSize: 13,
    lineHeight: 1.25,
    scrollback: 5000,
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.open(host);
  const unfollow = followColours(layer, (colour) => {
    terminal.options.theme = themeOf(colour);
  });
  terminal.attachCustomKeyEventHandler((event) => {
    const isLeave = event.key === 'Escape' && event.ctrlKey && event.shiftKey;
    if (isLeave && event.type === 'keydown') listener.onLeave();
    return !isLeave;
  });
  fit.fit();
  let shell: NodeShell | null = null;
  let isClosed = false;
  const { cols, rows } = terminal;
  place.openShell({ cols, rows }).then(
    (opened) => {
      shell = opened;
      if (isClosed) opened.kill();
      else attach(terminal, opened);
    },
    (error: unknown) => listener.onFailure(error),
  );
  const resize = new ResizeObserver(() => {
    if (host.clientHeight === 0) return;
    fit.fit();
    shell?.resize({ cols: terminal.cols, rows: terminal.rows });
  });
  resize.observe(host);
  return () => {
    isClosed = true;
    resize.disconnect();
    unfollow();
    shell?.kill();
    terminal.dispose();
  };
}

function attach(terminal: Terminal, shell: NodeShell): void {
  const input = shell.input.getWriter();
  // A shell that has ended says so below; what is typed after that goes nowhere.
  terminal.onData((text) => void input.write(text).catch(() => undefined));
  void shell.output.pipeTo(
    new WritableStream({
      write: (text) => terminal.write(text),
    }),
  );
  void shell.exit.then((code) => {
    terminal.write(`\r\nThe shell ended with code ${code}. Open the lab again for a new one.\r\n`);
  });
}
