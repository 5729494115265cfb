/** Whether a field's value is shown and kept nowhere, by its name; behind a colon is an id, which may be anything. */
export function isSecretField(name: string): boolean {
  return /password|current|token|code|secret/i.test(name.split(':')[0] ?? '');
}
