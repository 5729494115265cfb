import { encodeFrame, FrameReader, type Frame } from './frames.ts';

/**
 * Runs in a Node process inside the WebContainer: `node agent.mjs <module>`. It gives the module's
 * default export one end of a MessagePort, and carries what passes over it through stdin and stdout.
 */
const channels = new Map<number, MessagePort>();

void run();

async function run(): Promise<void> {
  const { stdin, stdout, argv } = process;
  // Without this a pseudoterminal echoes every frame and cuts lines at 4,096 characters.
  if (stdin.isTTY) stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  const send = (frame: Frame): void => {
    stdout.write(encodeFrame('agent', frame));
  };
  const reader = new FrameReader('agent', (arrival) => {
    if (arrival.kind === 'frame') receive(arrival.frame, send);
  });
  stdin.on('data', (text: string) => reader.push(text));
  // The page has gone: nobody is left to work for.
  stdin.on('end', () => process.exit(0));
  const inside = open(0, send);
  try {
    const module = (await import(argv[2] ?? '')) as { default(port: MessagePort): void };
    module.default(inside);
    send({ channel: 0, ports: 0, message: { started: true } });
  } catch (error) {
    const message = String(error).slice(0, 500);
    send({ channel: 0, ports: 0, message: { started: false, message } });
  }
}

function open(channel: number, send: (frame: Frame) => void): MessagePort {
  const { port1, port2 } = new MessageChannel();
  channels.set(channel, port1);
  port1.onmessage = ({ data }: MessageEvent<unknown>) => {
    send({ channel, ports: 0, message: data });
  };
  return port2;
}

function receive({ channel, ports, message }: Frame, send: (frame: Frame) => void): void {
  const inside = Array.from({ length: ports }, (_, index) => open(index + 1, send));
  channels.get(channel)?.postMessage(message, inside);
}
