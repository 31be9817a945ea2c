/** `--where` and `--segment`: the slice that a command looks at. */
import { InvalidArgumentError, type Command } from 'commander';
import { DimensionSchema, NAMED_DIMENSIONS, type Dimension, type Slice } from '../../../shared/contract/slice.ts';

export interface SliceOptions {
  readonly where?: Slice['where'];
  readonly segment?: readonly string[];
}

/** Adds the two options, each of which may be given several times. */
export function withSliceOptions(command: Command): Command {
  return command
    .option(
      '--where <dimension=value>',
      `only this part: ${NAMED_DIMENSIONS.filter((name) => name !== 'segment').join(', ')} or metadata:KEY; dimension!=value for all but it; of one dimension given twice either value counts`,
      collectWhere,
    )
    .option('--segment <name>', 'only the customers of a saved segment (vario segments)', collectNames);
}

/** The slice of the options; undefined: the whole company. */
export function sliceOf({ where = [], segment = [] }: SliceOptions): Slice | undefined {
  const all = segment.length === 0 ? where : [...where, { dimension: 'segment' as const, values: [...segment] }];
  return all.length === 0 ? undefined : { where: [...all] };
}

function collectWhere(text: string, before: Slice['where'] = []): Slice['where'] {
  const at = text.indexOf('=');
  if (at <= 0 || text.startsWith('!=') || at === text.length - 1)
    throw new InvalidArgumentError('Give a dimension and a value, as in plan=Pro or country=DE.');
  const not = text[at - 1] === '!';
  const dimension = parseDimension(text.slice(0, not ? at - 1 : at));
  const value = text.slice(at + 1);
  const known = before.find((condition) => condition.dimension === dimension && (condition.not ?? false) === not);
  if (!known) return [...before, { dimension, values: [value], ...(not && { not }) }];
  return before.map((condition) =>
    condition === known ? { ...condition, values: [...condition.values, value] } : condition,
  );
}

/** A dimension by name. */
export function parseDimension(text: string): Dimension {
  const parsed = DimensionSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(`“${text}” is no dimension; known: ${NAMED_DIMENSIONS.join(', ')} or metadata:KEY.`);
}

function collectNames(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}
