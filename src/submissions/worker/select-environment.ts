/** What a grade needs of the environment. All else stays with the server, its secrets first of all. */
const passedOn = ['PATH', 'LANG', 'CHROMIUM_PATH', 'PLAYWRIGHT_BROWSERS_PATH', 'LD_LIBRARY_PATH'];

/** The variables of this process that a process which grades may see. */
export function selectEnvironment(): Record<string, string> {
  return Object.fromEntries(
    passedOn.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
