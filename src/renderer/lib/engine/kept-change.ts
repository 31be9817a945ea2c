/** Changes that stand on the screen before they are saved: neither a refetch nor an older answer may take them away. */
import {
  partialMatchKey,
  type DataTag,
  type Mutation,
  type MutationMeta,
  type Query,
  type QueryClient,
  type QueryKey,
} from '@tanstack/react-query';

/** What a command's options take over; put it behind the procedure's own `mutationOptions()`. */
interface KeptChangeOptions<Answer, Input> {
  readonly meta: MutationMeta;
  readonly scope: { readonly id: string };
  onMutate(input: Input): Promise<{ before: Answer | undefined }>;
  onError(error: Error, input: Input, kept: { before: Answer | undefined } | undefined): void;
  onSettled(): Promise<void>;
}

/**
 * A command whose effect on a remembered answer is shown at once by `apply`.
 * Commands on one answer go out one after the other. While one is under way, nothing asks for the answer: it would
 * come without the changes that are still to be saved. The last one to end asks for it, so that the engine has the
 * last word; a command that fails alone puts back what stood before at once.
 */
export function keptChange<Answer, Input>(
  queries: QueryClient,
  queryKey: DataTag<QueryKey, Answer, Error>,
  apply: (known: Answer, input: Input) => Answer,
  meta: MutationMeta = {},
): KeptChangeOptions<Answer, Input> {
  const isLast = (): boolean => queries.isMutating({ predicate: (mutation) => holds(mutation, queryKey) }) <= 1;
  return {
    meta: { ...meta, ...holding(queryKey) },
    scope: { id: JSON.stringify(queryKey) },
    async onMutate(input) {
      await queries.cancelQueries({ queryKey });
      const before = queries.getQueryData<Answer>(queryKey);
      if (before !== undefined) queries.setQueryData<Answer>(queryKey, apply(before, input));
      return { before };
    },
    onError(_error, _input, kept) {
      if (isLast() && kept?.before !== undefined) queries.setQueryData<Answer>(queryKey, kept.before);
    },
    async onSettled() {
      if (isLast()) await queries.invalidateQueries({ queryKey });
    },
  };
}

/** Marks a command: until it is settled, only it asks for the answers under `queryKey`. */
export function holding(queryKey: QueryKey): MutationMeta {
  return { holds: queryKey };
}

/** Whether a command is under way that will ask for this answer itself. */
export function isHeld(queries: QueryClient, query: Query): boolean {
  return queries.isMutating({ predicate: (mutation) => holds(mutation, query.queryKey) }) > 0;
}

function holds(mutation: Mutation<unknown, Error, unknown>, queryKey: QueryKey): boolean {
  const held = mutation.meta?.['holds'];
  return Array.isArray(held) && partialMatchKey(queryKey, held);
}
