/** Cohorts by the month of their first payment: how many customers, and how much of their MRR, are still there. */
import type { ReactNode } from 'react';
import type { BoardPack } from '../../../../../shared/contract/reports.ts';
import { Heatmap } from '../../../../charts/heatmap.tsx';
import { useFormat } from '../../../../lib/format-context.tsx';
import { PERCENT } from '../../../../lib/unit.ts';
import { Part, Sheet } from './sheet.tsx';

type Cohort = BoardPack['retention'][number];

/** What fits on the width of a page. */
const AGES = 12;
const COHORTS = 13;

export function Retention({ pack }: { pack: BoardPack }): ReactNode {
  if (pack.retention.length === 0)
    return (
      <Sheet title="Retention">
        <p className="mt-4 text-muted">No customer has paid for a whole month so far.</p>
      </Sheet>
    );
  const cohorts = pack.retention.slice(-COHORTS);
  return (
    <Sheet title="Retention">
      <Part
        title="Customers kept"
        note="Of the customers who first paid in a month, the share that still pays after so many months. Month 0 is the end of the first month."
      >
        <CohortTable label="Customers kept" cohorts={cohorts} values={(cohort) => cohort.logo} range={[0.4, 1]} />
      </Part>
      <Part
        title="Revenue kept, net"
        note="MRR of the same customers against their MRR in month 0, with expansion; above 100% they pay more than at the start."
      >
        <CohortTable label="Revenue kept, net" cohorts={cohorts} values={(cohort) => cohort.net} range={[0.5, 1.2]} />
      </Part>
    </Sheet>
  );
}

interface CohortTableProps {
  label: string;
  cohorts: readonly Cohort[];
  values: (cohort: Cohort) => readonly (number | null)[];
  range: readonly [number, number];
}

function CohortTable({ label, cohorts, values, range }: CohortTableProps): ReactNode {
  const format = useFormat();
  const ages = Math.min(AGES, Math.max(...cohorts.map((cohort) => values(cohort).length)));
  return (
    <Heatmap
      label={label}
      sizeHeader="Customers"
      unit={PERCENT}
      range={range}
      columns={Array.from({ length: ages }, (_, age) => `M${age}`)}
      rows={cohorts.map((cohort) => ({
        label: format.month(cohort.cohort),
        size: format.count(cohort.size),
        values: values(cohort).slice(0, AGES),
      }))}
    />
  );
}
