/**
 * What a text says as JSON. Text that is none, such as the page of a proxy, parses to undefined, which no
 * schema takes: the schema that is asked next says what is wrong.
 */
export function parseJson(
  text: string,
  revive?: (key: string, value: unknown) => unknown,
): unknown {
  try {
    return JSON.parse(text, revive);
  } catch {
    return undefined;
  }
}
