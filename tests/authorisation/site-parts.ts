import { globSync, readFileSync } from 'node:fs';

/** Every route of src/pages that is rendered on demand, as a pattern of paths, by file. */
export function listRoutes(): ReadonlyMap<string, RegExp> {
  const files = globSync('src/pages/**/*.{astro,ts}').filter((file) =>
    /^export const prerender = false/m.test(readFileSync(file, 'utf8')),
  );
  return new Map(files.map((file) => [file, patternOf(file)]));
}

function patternOf(file: string): RegExp {
  const route = file
    .replace(/^src\/pages/, '')
    .replace(/\.(astro|ts)$/, '')
    .replace(/\/index$/, '')
    .replaceAll('.', '\\.')
    .replaceAll(/\[\\\.\\\.\\\.\w+\]/g, '.+')
    .replaceAll(/\[\w+\]/g, '[^/]+');
  return new RegExp(`^${route}/?$`);
}

/** The name of every form that a component has, by where it was found. */
export function listForms(): ReadonlyMap<string, string> {
  const forms = new Map<string, string>();
  for (const file of globSync('src/**/*.astro')) {
    const text = readFileSync(file, 'utf8');
    for (const [, name = '', expression = ''] of text.matchAll(
      /<Form\s+name=(?:"([^"]+)"|\{([^}]+)\})/g,
    ))
      for (const found of name ? [name] : namesIn(expression)) forms.set(found, file);
    for (const [, name = ''] of text.matchAll(/name="form" value="([^"]+)"/g))
      forms.set(name, file);
  }
  return forms;
}

function namesIn(expression: string): string[] {
  return [...expression.matchAll(/'([^']+)'/g)].map(([, name = '']) => name);
}
