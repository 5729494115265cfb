import { ContainerGone } from '../container-gone.ts';
import type { RunningContainer } from '../host.ts';
import { ended, get, nameOf, never, startOf, using } from './bench.ts';
import type { ContractCase } from './case.ts';

/** What holds for a container's start and end. */
export const lives: readonly ContractCase[] = [
  {
    name: 'a killed container is gone with the exit it was given, and so is every request',
    expected: [['ContainerGone', 'ContainerGone'], ended],
    run: (host) =>
      using(host, `() => new Promise(() => {})`, async ({ container }) => {
        const waiting = container.fetch(get('/'), never).then(String, nameOf);
        container.kill(ended);
        const later = await container.fetch(get('/'), never).then(String, nameOf);
        return [[await waiting, later], await container.exited];
      }),
  },
  {
    name: 'what nobody caught ends the container with code 1 and its message',
    expected: [1, 'Error', true],
    run: (host) =>
      using(
        host,
        `() => { setTimeout(() => { throw new TypeError('socket is gone'); }); return new Response(); }`,
        async ({ container }) => {
          // Whether its answer leaves before its end is a race that nobody is promised to win.
          await container.fetch(get('/'), never).catch(() => undefined);
          const { exitCode, reason, message } = await container.exited;
          return [exitCode, reason, message.startsWith('TypeError: socket is gone')];
        },
      ),
  },
  {
    name: 'a module that exports no handler does not start, and says what it lacks',
    expected: ['ContainerGone', 1, true],
    run: async (host) => {
      const error: unknown = await host
        .start(startOf('export default 7;'), never)
        .catch((reason: unknown) => reason);
      if (!(error instanceof ContainerGone))
        return ['started or rejected otherwise', String(error)];
      return [
        error.name,
        error.exit.exitCode,
        error.exit.message.includes('a number without fetch'),
      ];
    },
  },
  {
    name: 'an endless loop is ended as Unresponsive',
    expected: [137, 'Unresponsive'],
    run: (host) =>
      using(host, `() => { for (;;); }`, async ({ container }) => {
        container.fetch(get('/'), never).catch(() => undefined);
        const { exitCode, reason } = await container.exited;
        return [exitCode, reason];
      }),
  },
  {
    name: 'two containers of one image share nothing',
    expected: ['1', '1', '2'],
    run: async (host) => {
      const image = `() => new Response(String(globalThis.count = (globalThis.count ?? 0) + 1))`;
      return using(host, image, async ({ container: one }) =>
        using(host, image, async ({ container: other }) => {
          const ask = async (pod: RunningContainer) => (await pod.fetch(get('/'), never)).text();
          return [await ask(one), await ask(other), await ask(one)];
        }),
      );
    },
  },
];
