import { existsSync } from 'node:fs';
import path from 'node:path';
import { labSchema, type LabDefinition } from '#labs/definition.ts';
import type { ProblemList } from './problem-list.ts';
import { checkShape, readYaml, type YamlText } from './read-yaml.ts';

/** Checks a lab.json and that the files it names exist; `folder` is the lab's, absolute. */
export function lintLab(text: string, folder: string, list: ProblemList): void {
  const yaml = readYaml(text, list);
  if (!yaml) return;
  checkShape(yaml, labSchema, list);
  const lab = readNames(yaml.value);
  for (const { field, file, what } of listNamedFiles(lab)) {
    if (existsSync(path.join(folder, file))) continue;
    list.add(
      { line: yaml.lineOf(field), field: field.join('.') },
      `${what}, but ${path.posix.join('labs', path.basename(folder), file)} does not exist.`,
      'Create the file, or correct the name.',
    );
  }
  lintEditable(lab, yaml, list);
}

type LabNames = Pick<LabDefinition, 'open' | 'editable' | 'images' | 'checks' | 'models'>;

/** The names in a lab.json that may have mistakes elsewhere: their files are checked all the same. */
function readNames(value: unknown): LabNames {
  const { open, editable, images, checks, models } = labSchema.shape;
  const fields = (value ?? {}) as Record<string, unknown>;
  return {
    open: open.safeParse(fields['open']).data ?? [],
    editable: editable.safeParse(fields['editable']).data ?? [],
    images: images.safeParse(fields['images']).data ?? {},
    checks: checks.safeParse(fields['checks']).data ?? [],
    models: models.safeParse(fields['models']).data ?? [],
  };
}

interface NamedFile {
  readonly field: readonly (string | number)[];
  readonly file: string;
  readonly what: string;
}

function listNamedFiles(lab: LabNames): NamedFile[] {
  return [
    ...lab.open.map((file, index) => start(['open', index], file)),
    ...lab.editable.map((file, index) => start(['editable', index], file)),
    ...Object.entries(lab.images).map(([image, file]) => start(['images', image], file)),
    ...lab.checks.map((check, index) => ({
      field: ['checks', index],
      file: `checks/${check}.ts`,
      what: `\`${check}\` is named as a check`,
    })),
    ...lab.models.map((model, index) => ({
      field: ['models', index],
      file: `../../models/${model}`,
      what: `\`${model}\` is named as a model`,
    })),
  ];
}

function start(field: (string | number)[], file: string): NamedFile {
  return { field, file: `start/${file}`, what: `\`${file}\` is named here` };
}

function lintEditable(lab: LabNames, yaml: YamlText, list: ProblemList): void {
  for (const [index, file] of lab.editable.entries()) {
    if (lab.open.includes(file)) continue;
    list.add(
      { line: yaml.lineOf(['editable', index]), field: `editable.${index}` },
      `\`${file}\` is to be changed but not open at the start.`,
      'Add it to `open`.',
    );
  }
}
