import { FitAddon } from '@xterm/addon-fit';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { followColours } from '../follow-colours.ts';
import type { Workbench } from '../state/workbench.svelte.ts';
import { Console } from './console.ts';
import { runCall } from './run-call.ts';
import { ShellClient } from './shell-client.ts';
import { themeOf } from './theme.ts';

const GREETING = 'A shell over the files of this lab. Try kubectl get pods, or help.\n';

export interface OpenedTerminal {
  readonly terminal: Terminal;
  focus(): void;
  close(): void;
}

/** Puts a terminal into the host and connects it to a shell in the sandbox. */
export function openTerminal(
  host: HTMLElement,
  layer: HTMLElement,
  bench: Workbench,
  onLeave: () => void,
): OpenedTerminal {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const terminal = new Terminal({
    fontFamily: getComputedStyle(layer).getPropertyValue('--lab-mono'),
    fontSize: 13,
    lineHeight: 1.25,
    cursorBlink: !calm,
    scrollback: 5000,
    convertEol: false,
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.loadAddon(new WebLinksAddon());
  terminal.open(host);
  const unfollow = followColours(layer, (colour) => {
    terminal.options.theme = themeOf(colour);
  });
  const shell = connectShell(bench, (text, isError) => screen.print(text, isError));
  const screen = new Console(terminal, {
    run: (line) => shell.run(line),
    abort: () => shell.abort(),
    list: (word) => shell.list(word),
    known: () => ({
      commands: shell.commands,
      pods: bench.cluster.view?.pods.map((pod) => pod.name) ?? [],
      deployments: bench.cluster.view?.deployments.map((one) => one.name) ?? [],
      services: bench.cluster.view?.services.map((service) => service.name) ?? [],
    }),
    onLeave,
  });
  const unwatch = bench.files.onChange((path, text, origin) => {
    if (origin !== 'shell') shell.write(path, text);
  });
  const resize = new ResizeObserver(() => {
    if (host.clientHeight > 0) fit.fit();
  });
  resize.observe(host);
  screen.open(GREETING);
  // The first line waits for nothing then; when it cannot start, that line says why.
  void bench.warmUp().then(() => shell.start().catch(() => {}));
  return {
    terminal,
    focus: () => terminal.focus(),
    close() {
      resize.disconnect();
      unwatch();
      unfollow();
      void shell.kill();
      terminal.dispose();
    },
  };
}

function connectShell(
  bench: Workbench,
  print: (text: string, isError?: boolean) => void,
): ShellClient {
  const files = () => ({
    files: bench.files.snapshot(),
    readOnly: bench.files.paths.filter((path) => !bench.files.isEditable(path)),
  });
  return new ShellClient(files, {
    spawn: () => bench.services.openShell(bench.signal),
    onCall: (call, signal) => runCall(bench, call, print, signal),
    onPrint(stdout, stderr) {
      print(stdout);
      print(stderr, true);
    },
    onEdit: (path, text) => bench.files.edit(path, text, 'shell'),
  });
}
