export interface SimulateArguments {
  readonly seed: number;
  /** Name of one run; null for all of them. */
  readonly only: string | null;
  /** Print what happened second by second. */
  readonly timeline: boolean;
}

const SIMULATE_USAGE = `Usage: simulate [options] [RUN]
  -s, --seed N     another seed sends other requests; 1 without it
  -t, --timeline   also what happened in each second of virtual time
Runs the lab's own scenario in virtual time with the files as they are now. Without RUN it
runs all that the lab has. Check uses other seeds, and may ask for more than this shows.
`;

/** What `simulate` was asked for; a string is a complaint or the usage. */
export function parseSimulate(args: readonly string[]): SimulateArguments | string {
  let asked: SimulateArguments | string = { seed: 1, only: null, timeline: false };
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined && typeof asked !== 'string'; arg = rest.shift())
    asked = readArgument(asked, arg, rest);
  return asked;
}

function readArgument(
  asked: SimulateArguments,
  arg: string,
  rest: string[],
): SimulateArguments | string {
  const [flag = '', attached] = arg.split(/=(.*)/s, 2);
  switch (flag) {
    case '-t':
    case '--timeline':
      return { ...asked, timeline: true };
    case '-s':
    case '--seed':
      return withSeed(asked, attached ?? rest.shift());
    case '-h':
    case '--help':
      return SIMULATE_USAGE;
    default:
      if (!flag.startsWith('-')) return { ...asked, only: arg };
      return `simulate: option ${flag} is not known.\n${SIMULATE_USAGE}`;
  }
}

function withSeed(asked: SimulateArguments, value = ''): SimulateArguments | string {
  if (/^\d{1,9}$/.test(value)) return { ...asked, seed: Number(value) };
  return `simulate: --seed is a whole number, not ${JSON.stringify(value)}.\n`;
}
