import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { Builder, Key, type WebDriver, type WebElement } from 'selenium-webdriver';
import { locate, type Driver } from './driver.ts';

const KEYS = { End: Key.END, Escape: Key.ESCAPE };
const START_MS = 20_000;

/** What the distribution calls it. */
export const webKitPackages = ['webkit2gtk-driver', 'xvfb'];

/** Whether the distribution's WebKitGTK, its driver and a display to draw on are here. */
export function hasWebKit(): boolean {
  const programs = ['/usr/bin/WebKitWebDriver', '/usr/bin/Xvfb'];
  return programs.every((program) => existsSync(program)) && findMiniBrowser() !== undefined;
}

/** Opens the distribution's WebKitGTK in its MiniBrowser, on a display of its own, over WebDriver. */
export async function openWebKit(): Promise<Driver> {
  const children: ChildProcess[] = [];
  // The display first: whatever draws on it ends with it, also a browser that hangs.
  const kill = () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  };
  process.once('exit', kill);
  try {
    const display = await startDisplay(children);
    const address = await startWebDriver(children, display);
    return await describe(await openSession(address), kill);
  } catch (error) {
    kill();
    throw error;
  }
}

async function describe(browser: WebDriver, kill: () => void): Promise<Driver> {
  const capabilities = await browser.getCapabilities();
  return {
    engine: `WebKitGTK ${capabilities.getBrowserVersion()}`,
    pageErrors: [],
    async open(url) {
      await browser.get(url);
    },
    async evaluate<A, T>(act: (argument: A) => T | Promise<T>, argument: A) {
      const answer = await browser.executeAsyncScript<{ value: T } | { error: string }>(
        `const [argument, done] = arguments;
        Promise.resolve(argument).then(${act.toString()}).then(
          (value) => done({ value }),
          (error) => done({ error: String(error) }),
        );`,
        argument,
      );
      if ('error' in answer) throw new Error(answer.error);
      return answer.value;
    },
    async click({ selector, name }) {
      const script = `return (${locate.toString()})(arguments[0]);`;
      const target = { selector, name: name.source };
      const element = await browser.executeScript<WebElement | null>(script, target);
      await element?.click();
      return element !== null;
    },
    async type(text) {
      await browser.actions().sendKeys(text.replaceAll('\n', Key.ENTER)).perform();
    },
    async press(key) {
      await browser.actions().sendKeys(KEYS[key]).perform();
    },
    screenshot: async () => Buffer.from(await browser.takeScreenshot(), 'base64'),
    async close() {
      await browser.quit();
      kill();
    },
    kill,
  };
}

async function openSession(address: string): Promise<WebDriver> {
  const binary = findMiniBrowser();
  const browser = await new Builder()
    .usingServer(address)
    .withCapabilities({
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { binary, args: ['--automation'] },
    })
    .build();
  await browser.manage().setTimeouts({ script: 60_000, pageLoad: 30_000 });
  await browser.manage().window().setRect({ x: 0, y: 0, width: 1280, height: 800 });
  return browser;
}

/** Starts a display that chooses its own free number and resolves to its name. */
async function startDisplay(children: ChildProcess[]): Promise<string> {
  const screen = ['-screen', '0', '1280x800x24', '-displayfd', '3'];
  const child = spawn('Xvfb', screen, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  children.push(child);
  const signal = AbortSignal.timeout(START_MS);
  const [number] = (await once(child.stdio[3] as Readable, 'data', { signal })) as [Buffer];
  return `:${number.toString().trim()}`;
}

async function startWebDriver(children: ChildProcess[], display: string): Promise<string> {
  const port = await findFreePort();
  const env = {
    ...process.env,
    DISPLAY: display,
    // Its sandbox does not work for root.
    ...(process.getuid?.() === 0 ? { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' } : {}),
  };
  const arguments_ = [`--port=${port}`];
  children.push(spawn('WebKitWebDriver', arguments_, { stdio: 'ignore', env }));
  const address = `http://127.0.0.1:${port}`;
  const until = performance.now() + START_MS;
  while (performance.now() < until) {
    const response = await fetch(`${address}/status`).catch(() => null);
    if (response?.ok) return address;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`WebKitWebDriver did not answer within ${START_MS / 1000} s.`);
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

function findMiniBrowser(): string | undefined {
  return globSync('/usr/l*/*/webkit{2,}gtk-*/MiniBrowser').at(-1);
}
