import type { Problem } from '#platform/problem.ts';
import type { LabDefinition } from './definition.ts';
import type { LabFiles } from './files.ts';

/** One device of the page for compiling; shaders run in the sandbox only. */
let opening: Promise<GPUDevice | null> | null = null;

/**
 * What the browser's compiler says of a lab's shaders, at their lines. Nothing is run. Empty where there is no adapter:
 * then the pod says that it has none.
 */
export async function checkShaders(
  files: LabFiles,
  shaders: LabDefinition['shaders'],
): Promise<readonly Problem[]> {
  const named = Object.entries(shaders);
  if (named.length === 0) return [];
  opening ??= open();
  const device = await opening;
  if (!device) return [];
  const found = named.map(([file, before]) => compile(device, files, file, before));
  return (await Promise.all(found)).flat();
}

async function compile(
  device: GPUDevice,
  files: LabFiles,
  file: string,
  before: readonly string[],
): Promise<readonly Problem[]> {
  const head = before.map((one) => `${files[one] ?? ''}\n`).join('');
  const above = head.split('\n').length - 1;
  const text = files[file] ?? '';
  // What is wrong is in the messages; the scope keeps it from the console.
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ code: `${head}${text}` });
  const { messages } = await module.getCompilationInfo();
  await device.popErrorScope();
  return messages
    .filter(({ type, lineNum }) => type !== 'info' && lineNum > above)
    .map(({ type, lineNum, linePos, message }) => ({
      file,
      line: lineNum - above,
      column: Math.max(1, linePos),
      lineText: text.split('\n')[lineNum - above - 1] ?? '',
      message: sentence(message.split('\n')[0] ?? message),
      repair: 'Mend it at this position; the cause may be just before it.',
      severity: type === 'warning' ? ('warning' as const) : ('error' as const),
    }));
}

async function open(): Promise<GPUDevice | null> {
  const adapter = 'gpu' in navigator ? await navigator.gpu.requestAdapter() : null;
  const device = (await adapter?.requestDevice()) ?? null;
  void device?.lost.then(() => (opening = null));
  return device;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
