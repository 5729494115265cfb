export interface CurlRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | null;
  readonly showHeaders: boolean;
  readonly headOnly: boolean;
  readonly fail: boolean;
  readonly discard: boolean;
  /** `-w`, with `%{http_code}`, `%{time_total}`, `%{size_download}`. */
  readonly writeOut: string | null;
  /** Seconds, or null. */
  readonly maxTime: number | null;
}

const VALUED: Readonly<Record<string, string>> = {
  X: 'request',
  H: 'header',
  d: 'data',
  o: 'output',
  w: 'write-out',
  m: 'max-time',
  A: 'user-agent',
};
const FLAGS: Readonly<Record<string, string>> = {
  s: 'silent',
  S: 'show-error',
  i: 'include',
  I: 'head',
  f: 'fail',
  v: 'verbose',
  N: 'no-buffer',
  L: 'location',
  k: 'insecure',
  G: 'get',
};
const LONG_VALUED = new Set([...Object.values(VALUED), 'data-raw', 'data-binary', 'json', 'url']);
const LONG_FLAGS = new Set(Object.values(FLAGS));

/**
 * Reads curl's command line. `files` and `stdin` serve `-d @file` and `-d @-`. A string is what curl
 * would complain.
 */
export function parseCurl(
  args: readonly string[],
  files: Readonly<Record<string, string>>,
  stdin: string,
): CurlRequest | string {
  const options = readOptions(args);
  if (typeof options === 'string') return options;
  const url = findUrl(options);
  const body = readBody(options.values, files, stdin);
  const problem = url.problem ?? refuseOutput(options) ?? body.problem;
  return problem ?? describeRequest(url.text, body.text, options);
}

/** A part of the command line, or what is wrong with it. */
interface Part<Text> {
  readonly text: Text;
  readonly problem: string | null;
}

function describeRequest(
  url: string,
  body: string | null,
  { values, flags }: Options,
): CurlRequest {
  return {
    url: /^[a-z]+:\/\//i.test(url) ? url : `http://${url}`,
    method: chooseMethod(values, flags, body),
    headers: readHeaders(values, body !== null),
    body,
    showHeaders: ['include', 'head', 'verbose'].some((flag) => flags.has(flag)),
    headOnly: flags.has('head'),
    fail: flags.has('fail'),
    discard: values.has('output'),
    writeOut: values.get('write-out')?.at(-1) ?? null,
    maxTime: readSeconds(values.get('max-time')?.at(-1)),
  };
}

function findUrl({ values, urls }: Options): Part<string> {
  const all = [...urls, ...(values.get('url') ?? [])];
  const [text = ''] = all;
  if (all.length === 1) return { text, problem: null };
  const problem =
    all.length === 0
      ? 'curl: no URL given. For example: curl -i http://SERVICE/'
      : `curl: one URL at a time here, found ${all.join(' and ')}.`;
  return { text, problem };
}

function refuseOutput({ values }: Options): string | null {
  const output = values.get('output')?.at(-1);
  if (output === undefined || output === '/dev/null') return null;
  return 'curl: -o writes to /dev/null only here. Use a redirection: curl ... > file';
}

interface Options {
  readonly values: Map<string, string[]>;
  readonly flags: Set<string>;
  readonly urls: string[];
}

function readOptions(args: readonly string[]): Options | string {
  const options: Options = { values: new Map(), flags: new Set(), urls: [] };
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const problem = arg.startsWith('--')
      ? readLong(arg.slice(2), rest, options)
      : arg.startsWith('-') && arg !== '-'
        ? readShort(arg.slice(1), rest, options)
        : (options.urls.push(arg), null);
    if (problem) return problem;
  }
  return options;
}

function readLong(option: string, rest: string[], options: Options): string | null {
  const [name = '', attached] = option.split(/=(.*)/s, 2);
  if (LONG_FLAGS.has(name)) options.flags.add(name);
  else if (LONG_VALUED.has(name))
    return addValue(name, attached ?? rest.shift(), options, `--${name}`);
  else return unknown(`--${name}`);
  return null;
}

function readShort(letters: string, rest: string[], options: Options): string | null {
  for (let index = 0; index < letters.length; index += 1) {
    const letter = letters[index] ?? '';
    const valued = VALUED[letter];
    if (valued) {
      const attached = letters.slice(index + 1);
      return addValue(valued, attached || rest.shift(), options, `-${letter}`);
    }
    const flag = FLAGS[letter];
    if (!flag) return unknown(`-${letter}`);
    options.flags.add(flag);
  }
  return null;
}

function addValue(
  name: string,
  value: string | undefined,
  options: Options,
  shown: string,
): string | null {
  if (value === undefined) return `curl: option ${shown} needs a value.`;
  options.values.set(name, [...(options.values.get(name) ?? []), value]);
  return null;
}

function unknown(option: string): string {
  return `curl: option ${option} is not known here. Known: -s -S -i -I -f -N -X -H -d -w -m -o /dev/null --json.`;
}

function readBody(
  values: Options['values'],
  files: Readonly<Record<string, string>>,
  stdin: string,
): Part<string | null> {
  const parts: string[] = [];
  for (const name of ['data', 'data-raw', 'data-binary', 'json']) {
    for (const value of values.get(name) ?? []) {
      const text = name === 'data-raw' ? value : readReference(value, files, stdin);
      if (text === null) {
        const problem = `curl: cannot read ${value.slice(1)}: no such file here.`;
        return { text: null, problem };
      }
      parts.push(text);
    }
  }
  return { text: parts.length > 0 ? parts.join('&') : null, problem: null };
}

function readReference(
  value: string,
  files: Readonly<Record<string, string>>,
  stdin: string,
): string | null {
  if (!value.startsWith('@')) return value;
  if (value === '@-') return stdin;
  return files[value.slice(1).replace(/^\.\//, '')] ?? null;
}

function chooseMethod(values: Options['values'], flags: Set<string>, body: string | null): string {
  const asked = values.get('request')?.at(-1);
  if (asked) return asked.toUpperCase();
  if (flags.has('head')) return 'HEAD';
  return body === null || flags.has('get') ? 'GET' : 'POST';
}

function readHeaders(values: Options['values'], hasBody: boolean): (readonly [string, string])[] {
  const given = (values.get('header') ?? []).map((line) => {
    const [name = '', value = ''] = line.split(/:(.*)/s, 2);
    return [name.trim().toLowerCase(), value.trim()] as const;
  });
  const has = (name: string) => given.some(([known]) => known === name);
  const added: [string, string][] = [];
  if (values.has('json'))
    added.push(['content-type', 'application/json'], ['accept', 'application/json']);
  else if (hasBody) added.push(['content-type', 'application/x-www-form-urlencoded']);
  const agent = values.get('user-agent')?.at(-1);
  if (agent) added.push(['user-agent', agent]);
  return [...added.filter(([name]) => !has(name)), ...given];
}

function readSeconds(value: string | undefined): number | null {
  const seconds = Number(value);
  return value !== undefined && Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}
