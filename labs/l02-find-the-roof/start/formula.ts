/** Values by name. */
export type Values = Readonly<Record<string, number>>;

/** Why a formula has no value: one sentence, and the repair as the next. */
export class FormulaError extends Error {}

type Token = { readonly kind: 'number' | 'name' | 'sign'; readonly text: string };

const FUNCTIONS: Readonly<Record<string, (...values: number[]) => number>> = {
  ceil: Math.ceil,
  min: Math.min,
  max: Math.max,
};

/**
 * The value of a formula such as `ceil(requests_peak * work) + spare`: numbers, names, + - * / and
 * brackets, ceil, min and max. Throws `FormulaError` when it cannot be read, when it names something that
 * `values` lacks, and when the result is no number.
 */
export function evaluate(formula: string, values: Values): number {
  const reader = createReader(tokenise(formula));
  const value = readSum(reader, values);
  const rest = reader.peek();
  if (rest)
    throw new FormulaError(
      `"${rest.text}" cannot stand there. Check the signs and brackets before it.`,
    );
  if (!Number.isFinite(value))
    throw new FormulaError('It divides by 0. Check what stands below the line.');
  return value;
}

interface Reader {
  peek(): Token | undefined;
  /** Takes the next token when it is one of these signs. */
  take(...signs: string[]): string | null;
  next(): Token;
}

function createReader(tokens: readonly Token[]): Reader {
  let index = 0;
  return {
    peek: () => tokens[index],
    take(...signs) {
      const token = tokens[index];
      if (token?.kind !== 'sign' || !signs.includes(token.text)) return null;
      index += 1;
      return token.text;
    },
    next() {
      const token = tokens[index];
      if (!token)
        throw new FormulaError(
          'The formula ends too early. Write a number, a name or a bracket at its end.',
        );
      index += 1;
      return token;
    },
  };
}

function tokenise(formula: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /\s*(?:(\d+(?:\.\d+)?(?:e\d+)?)|([a-z][a-z0-9_]*)|([-+*/(),]))/y;
  const end = formula.trimEnd().length;
  while (pattern.lastIndex < end) {
    const from = pattern.lastIndex;
    const [, number, name, sign] = pattern.exec(formula) ?? [];
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else
      throw new FormulaError(
        `"${formula.slice(from).trim().slice(0, 12)}" cannot be read. Use numbers, names, + - * / and brackets.`,
      );
  }
  return tokens;
}

function readSum(reader: Reader, values: Values): number {
  let value = readProduct(reader, values);
  for (;;) {
    const sign = reader.take('+', '-');
    if (sign === null) return value;
    const next = readProduct(reader, values);
    value = sign === '+' ? value + next : value - next;
  }
}

function readProduct(reader: Reader, values: Values): number {
  let value = readFactor(reader, values);
  for (;;) {
    const sign = reader.take('*', '/');
    if (sign === null) return value;
    const next = readFactor(reader, values);
    value = sign === '*' ? value * next : value / next;
  }
}

function readFactor(reader: Reader, values: Values): number {
  if (reader.take('-') !== null) return -readFactor(reader, values);
  if (reader.take('(') !== null) {
    const value = readSum(reader, values);
    close(reader);
    return value;
  }
  const { kind, text } = reader.next();
  if (kind === 'number') return Number(text);
  if (kind === 'sign')
    throw new FormulaError(
      `"${text}" stands where a number or a name is due. Take one of the signs out.`,
    );
  if (reader.take('(') !== null) return callFunction(text, reader, values);
  if (!Object.hasOwn(values, text))
    throw new FormulaError(`There is no "${text}". There are: ${Object.keys(values).join(', ')}.`);
  return values[text] as number;
}

function callFunction(name: string, reader: Reader, values: Values): number {
  const run = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!run) throw new FormulaError(`There is no function "${name}". There are ceil, min and max.`);
  const given = [readSum(reader, values)];
  while (reader.take(',') !== null) given.push(readSum(reader, values));
  close(reader);
  return run(...given);
}

function close(reader: Reader): void {
  if (reader.take(')') === null) throw new FormulaError('A bracket is not closed. Add `)`.');
}
