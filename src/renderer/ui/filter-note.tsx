/** Says beside figures, in words, which of the chosen filters they cannot follow. Nothing while none of those is set. */
import { FilterX } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FilterName } from '../../shared/contract/actions.ts';
import { filtersSet, useFilters } from '../lib/address/index.ts';
import { classNames } from '../lib/class-names.ts';
import { useFormat } from '../lib/format-context.tsx';

/** What is shown instead. */
const SHOWN_INSTEAD: Readonly<Record<FilterName, string>> = {
  slice: 'the whole company',
  policy: 'by the company’s own policy',
  rates: 'at the rates of each day',
  asOf: 'as of today',
  period: 'over a stretch of its own',
};

/** In the order in which they read well. */
const ORDER: readonly FilterName[] = ['slice', 'policy', 'rates', 'asOf', 'period'];

export interface FilterNoteProps {
  /** The filters that are not followed. */
  ignores: readonly FilterName[];
  /** Why, as the rest of the sentence: «payments are not recorded by parts of the company». */
  because: string;
  className?: string;
}

export function FilterNote({ ignores, because, className }: FilterNoteProps): ReactNode {
  const filters = useFilters();
  const format = useFormat();
  const set = filtersSet(filters);
  const instead = ORDER.filter((name) => ignores.includes(name) && set.includes(name)).map(
    (name) => SHOWN_INSTEAD[name],
  );
  if (instead.length === 0) return null;
  const shown = format.list(instead);
  return (
    <p role="note" className={classNames('flex items-start gap-1.5 text-xs text-pretty text-warn', className)}>
      <FilterX size={13} aria-hidden className="mt-px shrink-0" />
      <span>
        {shown.charAt(0).toUpperCase()}
        {shown.slice(1)}: {because}.
      </span>
    </p>
  );
}
