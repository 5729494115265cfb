import type { ClusterEvent, Resource } from '../control-plane/resources.ts';
import { isNamespaced } from '../control-plane/resources.ts';
import { COLUMNS, formatPairs } from './columns.ts';
import { KubectlError, SELECTION_FLAGS, type Command, type Output } from './context.ts';
import { formatEvents } from './events.ts';
import { formatObjects } from './format-object.ts';
import type { ParsedArgs } from './parse-args.ts';
import { objectName, type ResourceType } from './resource-types.ts';
import { namespaceOf, parseSelection, readObjects } from './select.ts';
import { formatTable, type Column } from './table.ts';

const FORMATS = ['wide', 'yaml', 'json', 'name'];

interface Found {
  readonly type: ResourceType;
  readonly objects: readonly Resource[];
}

/** `kubectl get`. */
export const get: Command = {
  usage: 'get TYPE [NAME...] [-o wide|yaml|json|name] [-l SELECTOR] [-A] [--show-labels]',
  flags: {
    ...SELECTION_FLAGS,
    output: { value: true, short: 'o' },
    'show-labels': { value: false },
    'no-headers': { value: false },
    'sort-by': { value: true },
  },
  run: async (args, context) => {
    const format = outputFormat(args);
    const selections = parseSelection(args.words);
    const found: Found[] = [];
    for (const selection of selections) {
      found.push({ type: selection.type, objects: await readObjects(selection, args, context) });
    }
    const isSingle = selections.length === 1 && selections[0]?.names?.length === 1;
    if (format === 'yaml' || format === 'json') {
      const objects = found.flatMap(({ type, objects: all }) =>
        all.map((object) => ({ type, object })),
      );
      return { stdout: formatObjects(objects, format, isSingle) };
    }
    if (found.every(({ objects }) => objects.length === 0)) return nothingFound(args, found);
    if (format === 'name') return { stdout: formatNames(found) };
    return { stdout: formatTables(found, format === 'wide', args) };
  },
};

function outputFormat({ flags }: ParsedArgs): string | undefined {
  const format = flags.get('output');
  if (format === undefined || FORMATS.includes(format)) return format;
  throw new KubectlError(
    `error: unable to match a printer suitable for the output format "${format}", allowed formats here are: ${FORMATS.join(',')}`,
  );
}

function nothingFound(args: ParsedArgs, found: readonly Found[]): Output {
  const namespace = namespaceOf(args);
  const isClusterWide = found.every(({ type }) => !isNamespaced(type.kind));
  if (namespace === undefined || isClusterWide) return { stderr: 'No resources found\n' };
  return { stderr: `No resources found in ${namespace} namespace.\n` };
}

function formatNames(found: readonly Found[]): string {
  return found
    .flatMap(({ type, objects }) =>
      objects.map(({ metadata }) => `${objectName(type, metadata?.name ?? '')}\n`),
    )
    .join('');
}

function formatTables(found: readonly Found[], isWide: boolean, args: ParsedArgs): string {
  const shown = found.filter(({ objects }) => objects.length > 0);
  const prefixed = found.length > 1;
  return shown
    .map(({ type, objects }) => formatOne(type, objects, isWide, prefixed, args))
    .join('\n');
}

function formatOne(
  type: ResourceType,
  objects: readonly Resource[],
  isWide: boolean,
  prefixed: boolean,
  args: ParsedArgs,
): string {
  const withNamespace = namespaceOf(args) === undefined && isNamespaced(type.kind);
  if (type.kind === 'Event') return formatEvents(objects as readonly ClusterEvent[], withNamespace);
  const columns = COLUMNS[type.plural];
  if (!columns) throw new KubectlError(`error: ${type.plural} cannot be shown as a table`);
  const all = [...columns.normal, ...(isWide ? columns.wide : [])] as Column<Resource>[];
  const [name, ...rest] = all;
  const first: Column<Resource>[] =
    prefixed && name
      ? [{ heading: 'NAME', cell: (row) => objectName(type, name.cell(row)) }]
      : name
        ? [name]
        : [];
  if (withNamespace)
    first.unshift({ heading: 'NAMESPACE', cell: ({ metadata }) => metadata?.namespace ?? '' });
  const last: Column<Resource>[] = args.flags.has('show-labels')
    ? [{ heading: 'LABELS', cell: ({ metadata }) => formatPairs(metadata?.labels) }]
    : [];
  return formatTable(
    [...first, ...rest, ...last],
    sortByName(objects),
    !args.flags.has('no-headers'),
  );
}

function sortByName(objects: readonly Resource[]): readonly Resource[] {
  const key = ({ metadata }: Resource): string =>
    `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;
  return [...objects].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
