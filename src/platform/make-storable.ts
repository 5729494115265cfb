/**
 * The value as PostgreSQL's jsonb can hold it. It refuses the character NUL and half a surrogate pair;
 * they become the sign for NUL and the replacement character. All else stays as it is.
 */
export function makeStorable<Value>(value: Value): Value {
  const replace = (_key: string, part: unknown) =>
    typeof part === 'string' ? part.toWellFormed().replaceAll('\u0000', '\u2400') : part;
  return JSON.parse(JSON.stringify(value, replace)) as Value;
}
