import type { SandboxedWorker } from '#sandbox/workers.ts';
import { ContainerGone } from '../container-gone.ts';
import { podMessageSchema, type HostMessage, type PodMessage } from '../control/messages.ts';
import type { ContainerExit, ContainerStart, RunningContainer } from '../host.ts';
import type { Pace } from '../pace/pace.ts';
import { connectHttp, serveHttp, type HttpConnection, type HttpService } from '../http-port.ts';
import { Assets } from './assets.ts';
import { Heartbeat } from './heartbeat.ts';
import type { ContainerLimits } from './limits.ts';
import { Logs } from './logs.ts';
import { RateCap } from './rate-cap.ts';

/** One container as the platform sees it: everything that its worker says is checked, counted and bounded. */
export class WorkerContainer implements RunningContainer {
  readonly exited: Promise<ContainerExit>;
  /** Resolves when the module exports a handler; rejects with `ContainerGone` when it ends before. */
  readonly ready: Promise<void>;
  readonly #worker: SandboxedWorker;
  readonly #start: ContainerStart;
  readonly #limits: ContainerLimits;
  readonly #logs: Logs;
  readonly #assets: Assets;
  readonly #heartbeat: Heartbeat;
  readonly #connection: HttpConnection;
  readonly #network: HttpService;
  readonly #stray: RateCap;
  readonly #bytes: RateCap;
  readonly #exit = Promise.withResolvers<ContainerExit>();
  readonly #readiness = Promise.withResolvers<void>();
  readonly #startLimit: ReturnType<typeof setTimeout>;
  #isReady = false;
  #isLoading = false;
  #isGone = false;

  constructor(worker: SandboxedWorker, start: ContainerStart, limits: ContainerLimits, pace: Pace) {
    this.#worker = worker;
    this.#start = start;
    this.#limits = limits;
    this.exited = this.#exit.promise;
    this.ready = this.#readiness.promise;
    this.#logs = new Logs((line) => {
      start.onLog(line);
    });
    this.#assets = new Assets(
      (path) => start.readAsset(path),
      (message) => {
        this.#tell(message);
      },
    );
    const inbound = new MessageChannel();
    const outbound = new MessageChannel();
    const bytes = this.#cap(limits.bytesPerSecond, 'bytes');
    this.#bytes = bytes;
    this.#stray = this.#cap(limits.strayPerSecond, 'messages');
    this.#connection = connectHttp(inbound.port1, {
      timeoutMs: limits.requestMs,
      maxResponseBytes: limits.responseBytes,
      onTraffic: (size) => {
        bytes.add(size);
      },
      onAnswer: () => {
        this.#heartbeat.progress();
      },
      onStray: () => {
        this.#stray.add(1);
      },
    });
    const calls = this.#cap(limits.callsPerSecond, 'calls');
    this.#network = serveHttp(outbound.port1, (request) => start.onFetch(request), {
      maxInFlight: 256,
      maxRequestBytes: limits.responseBytes,
      onTraffic: (size) => {
        bytes.add(size);
      },
      onRequest: () => {
        calls.add(1);
      },
    });
    worker.port.onmessage = ({ data }: MessageEvent<unknown>) => {
      this.#receive(data);
    };
    this.#heartbeat = new Heartbeat({
      silentMs: limits.silentMs,
      pace,
      ping: (n) => {
        this.#tell({ t: 'ping', n });
      },
      onSilent: (ms) => {
        this.kill(unresponsive(ms));
      },
    });
    this.#bearSilence();
    this.#startLimit = setTimeout(() => {
      this.kill(startedTooSlowly(limits.startMs));
    }, limits.startMs);
    this.#run([inbound.port2, outbound.port2]);
  }

  fetch(request: Request, signal: AbortSignal): Promise<Response> {
    return this.#connection.fetch(request, signal);
  }

  kill(exit: ContainerExit): void {
    if (this.#isGone) return;
    this.#isGone = true;
    clearTimeout(this.#startLimit);
    this.#heartbeat.stop();
    this.#worker.port.onmessage = null;
    this.#worker.kill();
    this.#logs.reportDropped(0);
    const gone = new ContainerGone(this.#start.name, exit);
    this.#connection.close(gone);
    this.#network.close(gone);
    this.#readiness.reject(gone);
    this.#exit.resolve(exit);
  }

  #run(ports: MessagePort[]): void {
    const { name, code, env } = this.#start;
    const memoryBytes = this.#start.memoryBytes ?? this.#limits.memoryBytes;
    const hasAccelerator = this.#start.hasAccelerator ?? false;
    const message: HostMessage = {
      t: 'start',
      name,
      code,
      env: { ...env },
      memoryBytes,
      hasAccelerator,
    };
    this.#worker.port.postMessage(message, ports);
  }

  #tell(message: HostMessage): void {
    if (!this.#isGone) this.#worker.port.postMessage(message);
  }

  #receive(data: unknown): void {
    this.#stray.add(1);
    if (this.#isGone) return;
    const message = podMessageSchema.safeParse(data);
    if (message.success) this.#handle(message.data);
  }

  #handle(message: PodMessage): void {
    switch (message.t) {
      case 'pong':
        this.#heartbeat.pong(message.n);
        break;
      case 'log':
        this.#bytes.add(message.text.length);
        this.#logs.write(message.level, message.text, message.dropped);
        break;
      case 'dropped':
        this.#logs.reportDropped(message.lines);
        break;
      case 'read':
        void this.#assets.answer(message.id, message.path);
        break;
      case 'busy':
        this.#isLoading = message.isBusy;
        this.#bearSilence();
        break;
      case 'accelerator':
        this.#start.onAccelerator?.({ device: message.device, text: message.text });
        break;
      case 'ready':
        clearTimeout(this.#startLimit);
        this.#isReady = true;
        this.#bearSilence();
        this.#readiness.resolve();
        break;
      case 'exit':
        this.kill(exitOf(message));
    }
  }

  /** A module may export its handler and load its model after that: being ready ends no loading. */
  #bearSilence(): void {
    const { loadingMs, startSilentMs } = this.#limits;
    const usual = this.#isReady ? 0 : startSilentMs;
    this.#heartbeat.allow(this.#isLoading ? loadingMs : usual);
  }

  #cap(limit: number, what: string): RateCap {
    return new RateCap(limit, (counted) => {
      this.kill(flooding(counted, limit, what));
    });
  }
}

function exitOf({ reason, message }: Extract<PodMessage, { t: 'exit' }>): ContainerExit {
  return { exitCode: reason === 'OOMKilled' ? 137 : 1, reason, message };
}

function unresponsive(silentMs: number): ContainerExit {
  const seconds = (silentMs / 1000).toFixed(1);
  return {
    exitCode: 137,
    reason: 'Unresponsive',
    message: `Its thread answered nothing for ${seconds} s, as in an endless loop or when memory runs out; it was killed.`,
  };
}

function startedTooSlowly(startMs: number): ContainerExit {
  const message = `Its module was not evaluated within ${startMs / 1000} s; it was killed.`;
  return { exitCode: 137, reason: 'StartTimeout', message };
}

function flooding(counted: number, limit: number, what: string): ContainerExit {
  const message = `It sent ${counted} ${what} within a second; the limit is ${limit}. It was killed.`;
  return { exitCode: 137, reason: 'MessageFlood', message };
}
