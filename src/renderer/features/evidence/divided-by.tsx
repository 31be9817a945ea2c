/** What a ratio is divided by, with the way to the rows behind that. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useEvidence } from '../../lib/address/index.ts';
import { useEngine, type EngineClient } from '../../lib/engine/index.ts';
import { useFormat } from '../../lib/format-context.tsx';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { Button } from '../../ui/button.tsx';
import { evidenceUnit } from './evidence-columns.tsx';

export type DividedByAnswer = NonNullable<Awaited<ReturnType<EngineClient['metrics']['explain']>>['dividedBy']>;

export interface DividedByProps {
  /** What the rows below add up to, as text. */
  sum: string;
  dividedBy: DividedByAnswer;
  currency: CurrencyCode | undefined;
}

export function DividedBy({ sum, dividedBy, currency }: DividedByProps): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const evidence = useEvidence();
  const definitions = useQuery(api.metrics.definitions.queryOptions());
  const { metric, from, to, unit, total } = dividedBy;
  const title = definitions.data?.find(({ id }) => id === metric)?.title ?? metric;
  const shown = evidenceUnit(unit, currency);
  return (
    <p className="mb-2 flex flex-wrap items-center gap-x-2 gap-y-1 text-pretty text-muted">
      <span>
        These rows add up to {sum}. They are set against {title}, {format.day(from)} – {format.day(to)}:{' '}
        {shown === undefined ? '' : format.value(total, shown)}
      </span>
      <Button size="sm" onClick={() => evidence.open({ why: metric, from, to })}>
        Why {title}
      </Button>
    </p>
  );
}
