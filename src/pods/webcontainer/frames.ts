import * as z from 'zod';

/**
 * One message over the text streams of a process. A pseudoterminal lies between the two ends: it may
 * echo what was written and turn line feeds into CR LF, so a frame is one line of plain ASCII and
 * says which side wrote it.
 */
export interface Frame {
  /** 0 is the worker's own port; the others are ports that came with a message. */
  readonly channel: number;
  /** How many ports came with the message; they become the channels 1 to n. */
  readonly ports: number;
  readonly message: unknown;
}

export type Side = 'host' | 'agent';

/** What arrived: a frame of the other side, or a line that is none, which the process itself wrote. */
export type Arrival =
  | { readonly kind: 'frame'; readonly frame: Frame }
  | { readonly kind: 'text'; readonly line: string };

/** Record separator: no program prints it by chance. */
const MARK = '\u001e';
const BYTES = '$bytes';
/** Pieces of a line that is no frame and has no end: then it is passed on, so that no flood fills the memory. */
const MOST_PIECES = 16;

const frameSchema = z.strictObject({
  channel: z.int().nonnegative(),
  ports: z.int().nonnegative().max(8),
  message: z.unknown(),
});

/** The frame as one line; byte arrays travel in base64. */
export function encodeFrame(side: Side, frame: Frame): string {
  const json = JSON.stringify(frame, function (key, value: unknown) {
    // `this[key]`, because Buffer has a toJSON that is called before this function.
    const raw = (this as Record<string, unknown>)[key];
    return raw instanceof Uint8Array ? { [BYTES]: toBase64(raw) } : value;
  });
  return `${MARK}${side === 'host' ? 'H' : 'A'}${escapeUnicode(json)}\n`;
}

/** Cuts a stream of text into frames of the other side and lines of text; own frames, echoed, are dropped. */
export class FrameReader {
  readonly #own: string;
  /** An own frame as a terminal shows it that is not in raw mode, because its process is just ending. */
  readonly #echo: string;
  readonly #onArrival: (arrival: Arrival) => void;
  #begun: string[] = [];

  constructor(side: Side, onArrival: (arrival: Arrival) => void) {
    this.#own = side === 'host' ? 'H' : 'A';
    this.#echo = `^^${this.#own}{"channel":`;
    this.#onArrival = onArrival;
  }

  /** In time linear in the text: a model's bytes are one line of many megabytes that comes in small pieces. */
  push(text: string): void {
    const lines = text.split('\n');
    const last = lines.pop() ?? '';
    for (const line of lines) {
      const whole = this.#begun.length > 0 ? this.#begun.join('') + line : line;
      this.#begun = [];
      this.#take(whole.endsWith('\r') ? whole.slice(0, -1) : whole);
    }
    if (last === '') return;
    this.#begun.push(last);
    this.#flushText();
  }

  /** Passes on what has come without an end of line. */
  end(): void {
    const rest = this.#begun.join('');
    this.#begun = [];
    if (rest !== '') this.#take(rest);
  }

  #flushText(): void {
    if (this.#begun.length !== MOST_PIECES) return;
    if (!this.#begun.some((piece) => piece.includes(MARK))) this.end();
  }

  #take(whole: string): void {
    const [line = ''] = whole.split(this.#echo, 1);
    // A program that prints without a line feed leaves its text in front of the next frame.
    const at = line.indexOf(MARK);
    if (at !== 0) {
      const text = at < 0 ? line : line.slice(0, at);
      if (text.trim() !== '') this.#onArrival({ kind: 'text', line: text });
    }
    if (at < 0 || line[at + 1] === this.#own) return;
    const frame = decode(line.slice(at + 2));
    this.#onArrival(frame ? { kind: 'frame', frame } : { kind: 'text', line });
  }
}

function decode(json: string): Frame | null {
  try {
    const parsed = frameSchema.safeParse(JSON.parse(json, revive));
    return parsed.success ? parsed.data : null;
  } catch {
    return null; // The reader shows such a line as text, which is what it is.
  }
}

function revive(_key: string, value: unknown): unknown {
  const isBytes = typeof value === 'object' && value !== null && BYTES in value;
  return isBytes && typeof value[BYTES] === 'string' ? fromBase64(value[BYTES]) : value;
}

function escapeUnicode(json: string): string {
  return json.replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192)
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
