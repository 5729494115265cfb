/**
 * Writes `public/fonts/`: the text faces cut down to the characters and weights the site uses.
 * Run it by hand after changing this list: `node src/ui/fonts/build-command.ts`.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import subsetFont from 'subset-font';

interface Face {
  /** URL of a file in an installed @fontsource package. */
  readonly from: string;
  readonly to: string;
  readonly characters: string;
  readonly features: readonly string[];
  readonly axes?: Record<string, { min: number; max: number; default: number } | number>;
}

const ascii = Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index));
const running = `${ascii.join('')}\u00a0·×÷±°µ²éèöüïç£€–‘’“”…→≤≥≈−`;
// Names of authors and organisations are set in the sans face.
const names = `${running}êëäîñóáíåøßÉÖÜ½³§©•←↑↓≠`;

const text = ['kern', 'liga', 'mark', 'ccmp'];
const weights = { wght: { min: 400, max: 650, default: 400 } };

const faces: readonly Face[] = [
  {
    from: import.meta
      .resolve('@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2'),
    to: 'source-serif.woff2',
    characters: running,
    features: text,
    axes: weights,
  },
  {
    from: import.meta
      .resolve('@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic.woff2'),
    to: 'source-serif-italic.woff2',
    characters: running,
    features: text,
    axes: { wght: 400 },
  },
  {
    from: import.meta
      .resolve('@fontsource-variable/ibm-plex-sans/files/ibm-plex-sans-latin-wght-normal.woff2'),
    to: 'plex-sans.woff2',
    characters: names,
    features: [...text, 'tnum'],
    axes: weights,
  },
  {
    from: import.meta
      .resolve('@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2'),
    to: 'plex-mono.woff2',
    characters: running,
    features: ['ccmp'],
  },
];

const target = path.resolve('public/fonts');
await mkdir(target, { recursive: true });
let total = 0;
for (const face of faces) {
  const source = await readFile(fileURLToPath(face.from));
  const subset = await subsetFont(source, face.characters, {
    targetFormat: 'woff2',
    keepFeatures: [...face.features],
    noHinting: true,
    ...(face.axes && { variationAxes: face.axes }),
  });
  await writeFile(path.join(target, face.to), subset);
  total += subset.length;
  console.log(`${face.to} ${subset.length} bytes`);
}
console.log(`total ${total} bytes`);
