import { loadPlanSchema, type LoadPlan } from '#load/plan.ts';

const LOAD_USAGE = `Usage: load [options] [URL]
  -r, --rate N         requests per second
  -d, --duration S     seconds
  -p, --process NAME   poisson or constant arrivals
  -s, --seed N         the same seed sends the same requests at the same times
  -X, --method METHOD
  -b, --body TEXT      may be given more than once; one is picked per request
Without options it runs what the Load panel shows.
`;

type Change = (plan: LoadPlan, value: string) => LoadPlan | null;

const OPTIONS: Readonly<Record<string, Change>> = {
  rate: (plan, value) =>
    withPositive(value, (rate) => ({ ...plan, arrivals: { ...plan.arrivals, rate } })),
  duration: (plan, value) =>
    withPositive(value, (durationSeconds) => ({ ...plan, durationSeconds })),
  process: (plan, value) =>
    value === 'poisson' || value === 'constant'
      ? { ...plan, arrivals: { ...plan.arrivals, process: value } }
      : null,
  seed: (plan, value) => (/^\d{1,10}$/.test(value) ? { ...plan, seed: Number(value) } : null),
  method: (plan, value) => {
    const method = (['GET', 'POST', 'PUT', 'DELETE'] as const).find(
      (one) => one === value.toUpperCase(),
    );
    return method ? { ...plan, request: { ...plan.request, method } } : null;
  },
  body: (plan, value) => {
    const bodies = [...plan.request.bodies, value];
    return { ...plan, request: { ...plan.request, bodies } };
  },
};
const SHORT: Readonly<Record<string, string>> = {
  '-r': 'rate',
  '-d': 'duration',
  '-p': 'process',
  '-s': 'seed',
  '-X': 'method',
  '-b': 'body',
};

/** The plan that `load` was asked for, starting from the panel's; a string is a complaint. */
export function parseLoad(args: readonly string[], base: LoadPlan): LoadPlan | string {
  const rest = [...args];
  let plan: LoadPlan | string = { ...base, request: { ...base.request, bodies: [] } };
  for (let arg = rest.shift(); arg !== undefined && typeof plan !== 'string'; arg = rest.shift()) {
    plan = arg === '-h' || arg === '--help' ? LOAD_USAGE : readArgument(plan, arg, rest);
  }
  if (typeof plan === 'string') return plan;
  const bodies = plan.request.bodies.length > 0 ? plan.request.bodies : base.request.bodies;
  return withinLimits({ ...plan, request: { ...plan.request, bodies } });
}

function withinLimits(plan: LoadPlan): LoadPlan | string {
  const [issue] = loadPlanSchema.safeParse(plan).error?.issues ?? [];
  return issue ? `load: ${issue.path.join('.')}: ${issue.message}\n` : plan;
}

function readArgument(plan: LoadPlan, arg: string, rest: string[]): LoadPlan | string {
  const [flag = '', attached] = arg.split(/=(.*)/s, 2);
  const name = SHORT[flag] ?? (flag.startsWith('--') ? flag.slice(2) : null);
  return name === null ? withUrl(plan, arg) : change(plan, name, attached ?? rest.shift());
}

function change(plan: LoadPlan, name: string, value: string | undefined): LoadPlan | string {
  const option = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
  if (!option) return `load: option --${name} is not known.\n${LOAD_USAGE}`;
  if (value === undefined) return `load: --${name} needs a value.\n`;
  return (
    option(plan, value) ?? `load: --${name} cannot be ${JSON.stringify(value)}.\n${LOAD_USAGE}`
  );
}

function withUrl(plan: LoadPlan, text: string): LoadPlan | string {
  const url = /^[a-z]+:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(url)) return `load: ${text} is not a URL.\n`;
  return { ...plan, request: { ...plan.request, url } };
}

function withPositive(value: string, use: (number: number) => LoadPlan): LoadPlan | null {
  const number = Number(value.replace(/s$/, ''));
  return Number.isFinite(number) && number > 0 ? use(number) : null;
}
