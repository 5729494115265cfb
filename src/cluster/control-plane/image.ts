import {
  BaseImage,
  type HttpRequest,
  type HttpResponse,
  type ImageConstructor,
  type ProcessContext,
} from '@ngrok/webernetes';
import { ACCELERATOR, devicesOf } from './devices.ts';
import { parseMemory } from './quantity.ts';
import type { ContainerProcess, ContainerRuntime, ProcessExit } from './container-process.ts';

const ENTRYPOINT = 'day-two-serve';
/** A kubelet reads no more of a probe's answer than this. */
const PROBE_BODY_BYTES = 10 * 1024;

export interface ImageOptions {
  readonly name: string;
  readonly tag: string;
  readonly runtime: ContainerRuntime;
  /** Hears how each container ended, before the kubelet looks. */
  readonly onExit: (containerId: string, exit: ProcessExit) => void;
}

/**
 * A webernetes image whose entry point is run by `runtime`. A manifest's `command` replaces the
 * entry point by one of the few utilities of the base image, as it would in a small real image.
 */
export function createImage({ name, tag, runtime, onExit }: ImageOptions): ImageConstructor {
  return class extends BaseImage {
    static readonly imageName = name;
    static readonly imageVersion = tag;
    readonly defaultCommand = [ENTRYPOINT];

    override async exec(ctx: ProcessContext, argv: readonly string[]): Promise<number> {
      if (argv[0] !== ENTRYPOINT) return await super.exec(ctx, argv);
      const exit = await runtime.run(describeProcess(ctx));
      onExit(ctx.container.id, exit);
      return exit.exitCode;
    }

    signalHandler(ctx: ProcessContext, signal: 'SIGTERM' | 'SIGKILL'): void {
      if (signal === 'SIGKILL') {
        onExit(ctx.container.id, KILLED);
        runtime.kill(ctx.container.id);
        return;
      }
      if (ctx.argv[0] === ENTRYPOINT) runtime.terminate(ctx.container.id);
      else endUtility(ctx);
    }
  };
}

const KILLED: ProcessExit = {
  exitCode: 137,
  reason: 'Error',
  message: 'Killed: it had not ended within its grace period.',
};

function endUtility(ctx: ProcessContext): void {
  try {
    ctx.exit(143);
  } catch {
    // `exit` unwinds the process by throwing; here nothing of it is on the stack.
  }
}

function describeProcess(ctx: ProcessContext): ContainerProcess {
  return {
    id: ctx.container.id,
    pod: {
      uid: ctx.pod.uid,
      name: ctx.pod.name,
      namespace: ctx.pod.namespace,
      ip: ctx.pod.ip,
      annotations: Object.fromEntries(ctx.pod.annotations),
    },
    name: ctx.container.name,
    image: ctx.container.imageRef,
    restartCount: ctx.container.restartCount,
    containerPorts: ctx.container.ports.map((port) => port.containerPort),
    env: Object.fromEntries(ctx.env),
    memoryBytes: parseMemory(ctx.container.apiContainer.resources?.limits?.['memory']),
    hasAccelerator: (devicesOf([ctx.container.apiContainer]).get(ACCELERATOR) ?? 0) > 0,
    listen: (port, probe) => {
      ctx.listenHttp(port, async (probeContext, request) => {
        const cancel = new AbortController();
        void probeContext
          .done()
          .receive()
          .then(() => cancel.abort());
        return await toHttpResponse(await probe(toRequest(request), cancel.signal));
      });
    },
  };
}

function toRequest(request: HttpRequest): Request {
  const headers = new Headers();
  for (const [name, values] of Object.entries(request.header)) {
    for (const value of values) headers.append(name, value);
  }
  return new Request(request.url.toString(), { method: request.method, headers });
}

async function toHttpResponse(response: Response): Promise<HttpResponse> {
  const body = (await response.text()).slice(0, PROBE_BODY_BYTES);
  return { status: response.status, body };
}
