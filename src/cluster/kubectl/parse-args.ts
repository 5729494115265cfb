import { KubectlError, type FlagSpec } from './context.ts';

export interface ParsedArgs {
  readonly words: readonly string[];
  /** The last value of each flag that was given, all of them with commas for a list; `true` for one without a value. */
  readonly flags: ReadonlyMap<string, string>;
}

/** Splits words from flags. Throws `KubectlError` in kubectl's words for a flag that is not in `spec`. */
export function parseArgs(args: readonly string[], spec: FlagSpec): ParsedArgs {
  const words: string[] = [];
  const flags = new Map<string, string>();
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--') {
      words.push(...rest);
      break;
    }
    if (arg.startsWith('--')) takeLong(arg, rest, spec, flags);
    else if (arg.startsWith('-') && arg !== '-') takeShort(arg, rest, spec, flags);
    else words.push(arg);
  }
  return { words, flags };
}

/** A flag's value as a whole number; null when it was not given. */
export function numberFlag({ flags }: ParsedArgs, name: string): number | null {
  const text = flags.get(name);
  if (text === undefined) return null;
  if (/^-?\d+$/.test(text)) return Number(text);
  throw new KubectlError(
    `error: invalid argument "${text}" for "--${name}" flag: strconv.ParseInt: parsing "${text}": invalid syntax`,
  );
}

function takeLong(arg: string, rest: string[], spec: FlagSpec, flags: Map<string, string>): void {
  const [name = '', ...valueParts] = arg.slice(2).split('=');
  const flag = Object.hasOwn(spec, name) ? spec[name] : undefined;
  if (!flag) throw unknownFlag(`unknown flag: --${name}`, spec);
  if (valueParts.length === 0 && !flag.value) flags.set(name, 'true');
  else if (valueParts.length > 0) put(flags, name, flag, valueParts.join('='));
  else put(flags, name, flag, takeValue(`--${name}`, rest));
}

function takeShort(arg: string, rest: string[], spec: FlagSpec, flags: Map<string, string>): void {
  const letter = arg.charAt(1);
  const found = Object.entries(spec).find(([, { short }]) => short === letter);
  if (!found) throw unknownFlag(`unknown shorthand flag: '${letter}' in ${arg}`, spec);
  const [name, flag] = found;
  const attached = arg.slice(2).replace(/^=/, '');
  if (!flag.value) {
    flags.set(name, 'true');
    if (attached !== '') takeShort(`-${attached}`, rest, spec, flags);
  } else {
    put(flags, name, flag, attached === '' ? takeValue(`-${letter}`, rest) : attached);
  }
}

function put(
  flags: Map<string, string>,
  name: string,
  { list }: FlagSpec[string],
  value: string,
): void {
  const before = list ? flags.get(name) : undefined;
  flags.set(name, before === undefined ? value : `${before},${value}`);
}

function takeValue(flag: string, rest: string[]): string {
  const value = rest.shift();
  if (value === undefined) throw new KubectlError(`error: flag needs an argument: ${flag}`);
  return value;
}

function unknownFlag(message: string, spec: FlagSpec): KubectlError {
  const known = Object.entries(spec).map(([name, { short }]) =>
    short ? `-${short}, --${name}` : `--${name}`,
  );
  const offer = known.length === 0 ? 'it takes no flags' : known.join('; ');
  return new KubectlError(
    `error: ${message}\nThis lab's kubectl knows for this command: ${offer}.`,
  );
}
