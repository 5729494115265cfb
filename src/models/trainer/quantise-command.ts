import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Manifest } from '../manifest.ts';
import { table } from './card-table.ts';
import { describeFile } from './describe-file.ts';
import { measureVariant } from './measure-variant.ts';
import { readCommitted } from './read-committed.ts';
import type { Recipe } from './recipe.ts';
import { RECIPES, recipeNamed } from './recipes.ts';
import { writeVariant } from './variants.ts';

// npm run models:quantise [name]: writes the variants of a trained model, measures them, and notes both in manifest and card.
const { positionals } = parseArgs({ allowPositionals: true });
const MEANING: Record<string, string> = {
  loss: 'nats per token',
  accuracy: 'likeliest token right',
  largestDifference: 'largest difference of a score',
  seen: 'seen templates',
  unseen: 'unseen templates',
  handwritten: 'hand-written',
};

for (const recipe of positionals.length > 0 ? positionals.map(recipeNamed) : RECIPES)
  if (recipe.variants.length > 0) await quantise(recipe);

async function quantise(recipe: Recipe): Promise<void> {
  const { name } = recipe;
  const folder = `models/${name}`;
  const text = await readFile(`${folder}/manifest.json`, 'utf8');
  const { manifest, model: full, tokenizer } = await readCommitted(name);
  const variants: Manifest['variants'] = [];
  for (const scheme of recipe.variants) {
    const bytes = writeVariant(recipe, full, scheme);
    const file = describeFile(`${name}.${scheme}.onnx`, bytes);
    await writeFile(`${folder}/${file.path}`, bytes);
    variants.push({
      name: scheme,
      file,
      quality: await measureVariant(manifest, full, bytes, tokenizer),
    });
    console.log(
      `${name} ${scheme}: ${file.bytes} bytes, ${JSON.stringify(variants.at(-1)?.quality)}`,
    );
  }
  await writeFile(
    `${folder}/manifest.json`,
    `${JSON.stringify({ ...(JSON.parse(text) as object), variants }, null, 2)}\n`,
  );
  const card = (await readFile(`${folder}/card.md`, 'utf8')).replace(
    /## Variants\n[^]*?(?=## )/,
    '',
  );
  const own = await measureVariant(manifest, full, full, tokenizer);
  await writeFile(
    `${folder}/card.md`,
    card.replace('## Files\n', `${describeVariants(manifest, variants, own)}\n## Files\n`),
  );
}

function describeVariants(
  { files, name }: Manifest,
  variants: Manifest['variants'],
  own: Record<string, number>,
): string {
  const figures = Object.keys(own);
  const row = (
    variant: string,
    file: { bytes: number },
    quality: Record<string, number>,
  ): string[] => [
    variant,
    file.bytes.toLocaleString('en'),
    ...figures.map((figure) => String(quality[figure])),
  ];
  return `## Variants

The same weights in fewer bits, made by \`npm run models:quantise ${name}\` and opened with the option \`variant\`. \`int8-dynamic\` rounds
activations too (DynamicQuantizeLinear, MatMulInteger); \`int8\`, \`int4\` and \`int2\` round weights in blocks of 32 (MatMulNBits)
and keep tables at 8 bits. Measured on the wasm engine, ${figures.includes('loss') ? 'on 25 fresh documents' : 'on the sets above'}.

${table(
  ['variant', 'bytes', ...figures.map((figure) => MEANING[figure] ?? figure)],
  [
    row('full', files.model, own),
    ...variants.map((variant) => row(variant.name, variant.file, variant.quality)),
  ],
)}
`;
}
