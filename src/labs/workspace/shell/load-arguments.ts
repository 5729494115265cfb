import type { LoadPlan } from '#load/plan.ts';
import { PROCESSES, toForm, toPlan, type LoadForm } from '../load/load-form.ts';

const LOAD_USAGE = `Usage: load [options] [URL]
  -r, --rate N           requests per second
  -d, --duration S       seconds
  -p, --process NAME     ${Object.keys(PROCESSES).join(', ')}
      --burstiness N     of gamma: 1 is Poisson, less is burstier
      --levels LIST      of step: 0:10,30:50 is 10/s, then 50/s from second 30 on
      --from N, --to N   of ramp: requests per second at its start and end
      --times LIST       of trace: seconds at which requests are due, 0,0.5,1.2
      --samples N        of offline and multi-stream
  -s, --seed N           the same seed sends the same requests at the same times
  -w, --warmup RULE      none, tenth or steady
      --timeout S        patience of the client, from the scheduled time
      --max-in-flight N  a cap; what waits for it counts as latency
      --stream FORMAT    sse or ndjson: follow the tokens of each answer
      --tenants LIST     gold:3,free:1: of four requests three say x-tenant: gold
      --keys N           each request says x-key: one of N, the first ones more often
      --zipf N           how much more often: 0 is equally, 1 is usual
      --slo-latency MS, --slo-ttft MS, --slo-tpot MS
                         what a good request is; the report states the goodput
  -X, --method METHOD
  -b, --body TEXT        may be given more than once; one is picked per request
Without options it runs what the Load panel shows.
`;

interface Draft {
  readonly form: LoadForm;
  readonly bodies: readonly string[];
}

type Change = (form: LoadForm, value: string) => LoadForm | null;

const OPTIONS: Readonly<Record<string, Change>> = {
  rate: setNumber('rate'),
  duration: setNumber('durationSeconds'),
  process: setOneOf('process', Object.keys(PROCESSES) as LoadForm['process'][]),
  burstiness: setNumber('burstiness'),
  levels: (form, levels) => ({ ...form, levels }),
  from: setNumber('from'),
  to: setNumber('to'),
  times: (form, times) => ({ ...form, times }),
  samples: setNumber('samples'),
  seed: (form, value) => (/^\d{1,10}$/.test(value) ? { ...form, seed: Number(value) } : null),
  warmup: setOneOf('warmup', ['none', 'tenth', 'steady']),
  timeout: setNumber('timeoutSeconds'),
  'max-in-flight': setNumber('maxInFlight'),
  stream: setOneOf('stream', ['sse', 'ndjson']),
  tenants: (form, tenants) => ({ ...form, tenants }),
  keys: setNumber('keys'),
  zipf: setNumber('zipf'),
  'slo-latency': setNumber('latencyMs'),
  'slo-ttft': setNumber('ttftMs'),
  'slo-tpot': setNumber('tpotMs'),
  method: (form, value) =>
    setOneOf('method', ['GET', 'POST', 'PUT', 'DELETE'])(form, value.toUpperCase()),
};
const SHORT: Readonly<Record<string, string>> = {
  '-r': 'rate',
  '-d': 'duration',
  '-p': 'process',
  '-s': 'seed',
  '-w': 'warmup',
  '-X': 'method',
  '-b': 'body',
};

/** The plan that `load` was asked for, starting from the panel's; a string is a complaint. */
export function parseLoad(args: readonly string[], base: LoadPlan): LoadPlan | string {
  const rest = [...args];
  let draft: Draft | string = { form: toForm(base), bodies: [] };
  for (let arg = rest.shift(); arg !== undefined && typeof draft !== 'string'; arg = rest.shift()) {
    draft = arg === '-h' || arg === '--help' ? LOAD_USAGE : readArgument(draft, arg, rest);
  }
  if (typeof draft === 'string') return draft;
  const { form, bodies } = draft;
  const asked = toPlan(
    form,
    bodies.length > 0 ? bodies : base.request.bodies,
    bodies.length > 0 ? undefined : base.mix?.classes,
  );
  return 'plan' in asked ? asked.plan : asked.complaints.map((why) => `load: ${why}\n`).join('');
}

function readArgument(draft: Draft, arg: string, rest: string[]): Draft | string {
  const [flag = '', attached] = arg.split(/=(.*)/s, 2);
  const name = SHORT[flag] ?? (flag.startsWith('--') ? flag.slice(2) : null);
  return name === null ? withUrl(draft, arg) : change(draft, name, attached ?? rest.shift());
}

function change(draft: Draft, name: string, value: string | undefined): Draft | string {
  const option = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
  if (!option && name !== 'body') return `load: option --${name} is not known.\n${LOAD_USAGE}`;
  if (value === undefined) return `load: --${name} needs a value.\n`;
  if (!option) return { ...draft, bodies: [...draft.bodies, value] };
  const form = option(draft.form, value);
  if (form) return { ...draft, form };
  return `load: --${name} cannot be ${JSON.stringify(value)}.\n${LOAD_USAGE}`;
}

function withUrl(draft: Draft, text: string): Draft | string {
  const url = /^[a-z]+:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(url)) return `load: ${text} is not a URL.\n`;
  return { ...draft, form: { ...draft.form, url } };
}

type NumberField = {
  [Field in keyof LoadForm]: LoadForm[Field] extends number | null ? Field : never;
}[keyof LoadForm];

/** What a number may be is for the plan to say, so that panel and shell say the same. */
function setNumber(field: NumberField): Change {
  return (form, value) => {
    const number = Number(value.replace(/m?s$/, ''));
    return value !== '' && Number.isFinite(number) ? { ...form, [field]: number } : null;
  };
}

function setOneOf<Field extends keyof LoadForm>(
  field: Field,
  values: readonly LoadForm[Field][],
): Change {
  return (form, value) => {
    const one = values.find((candidate) => candidate === value);
    return one === undefined ? null : { ...form, [field]: one };
  };
}
