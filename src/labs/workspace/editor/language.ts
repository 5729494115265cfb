const LANGUAGES: Readonly<Record<string, string>> = {
  ts: 'typescript',
  js: 'typescript',
  yaml: 'yaml',
  yml: 'yaml',
  json: 'json',
  wgsl: 'wgsl',
};

/** Monaco's name of a file's language. */
export function languageOf(path: string): string {
  return LANGUAGES[path.split('.').pop() ?? ''] ?? 'plaintext';
}
