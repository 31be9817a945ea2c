/** Costs: what is spent by month, kind and channel, and what it says about winning and keeping customers. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import type { CostSheet } from '../../../shared/contract/costs.ts';
import { monthOf, type PlainDay, type PlainMonth } from '../../../shared/kernel/day.ts';
import { monthsOf, scopeOf, useFilters, type CostsSearch } from '../../lib/address/index.ts';
import { stateOf, useEngine } from '../../lib/engine/index.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { ExportButtons, saveText } from '../../ui/export-buttons.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, StateGate } from '../../ui/states.tsx';
import { Tile } from '../../ui/tile.tsx';
import { gaps, gridGroups, monthsUpTo, rowId, type RowKey } from './grid-model.ts';
import { AddRow } from './parts/add-row.tsx';
import { ChannelTable } from './parts/channel-table.tsx';
import { CostGrid } from './parts/cost-grid.tsx';
import { EconomicsTiles } from './parts/economics-tiles.tsx';
import { EconomicsTrend } from './parts/economics-trend.tsx';
import { CostFileButton, DropZone } from './parts/file-drop.tsx';
import { History } from './parts/history.tsx';
import { ImportDialog, type ChosenFile } from './parts/import-dialog.tsx';
import { RejectedRows } from './parts/rejected-rows.tsx';
import { costsTemplate, EXPORT_COLUMNS, exportedCosts } from './template.ts';
import { lastWholeMonth, useCostActs, useSheet } from './use-costs.ts';

export function CostsPage(): ReactNode {
  const { api } = useEngine();
  const freshness = useQuery(api.metrics.freshness.queryOptions());
  const workspace = useQuery(api.workspace.get.queryOptions());
  const [chosen, setChosen] = useState<ChosenFile | null>(null);
  const acts = useCostActs();
  const today = freshness.data?.today;
  const saveTemplate = (): void => {
    if (today === undefined || workspace.data === undefined) return;
    saveText('costs-template.csv', costsTemplate(monthOf(today), workspace.data.reportingCurrency), 'text/csv');
  };
  return (
    <Page
      title="Costs"
      subtitle="What is spent each month, and what it takes to win and keep a customer"
      actions={
        <>
          <Button kind="ghost" icon={Download} onClick={saveTemplate}>
            Template
          </Button>
          <CostFileButton onChosen={setChosen} />
        </>
      }
    >
      <DropZone onChosen={setChosen}>
        <StateGate state={stateOf(freshness)}>
          {freshness.data !== undefined && <Room known={freshness.data} acts={acts} onTemplate={saveTemplate} />}
        </StateGate>
      </DropZone>
      <ImportDialog chosen={chosen} acts={acts} onClose={() => setChosen(null)} />
    </Page>
  );
}

/** Columns of the grid at most. */
const MOST_MONTHS = 36;

interface RoomProps {
  known: { today: PlainDay; firstDay: PlainDay | null };
  acts: ReturnType<typeof useCostActs>;
  onTemplate: () => void;
}

function Room({ known, acts, onTemplate }: RoomProps): ReactNode {
  const search = useSearch({ from: '/frame/costs' });
  const navigate = useNavigate();
  const [added, setAdded] = useState<readonly RowKey[]>([]);
  const scope = scopeOf(useFilters(), known, '12');
  const wanted = monthsOf(scope);
  const span = Math.min(wanted, MOST_MONTHS);
  const months = monthsUpTo(monthOf(scope.to), span);
  const last = lastWholeMonth(scope.to);
  const sheet = useSheet(months[0] ?? last, months.at(-1) ?? last);
  const { data } = sheet;
  const groups = useMemo(() => (data === undefined ? [] : gridGroups(data, added)), [data, added]);
  const change = (part: Partial<CostsSearch>): void =>
    void navigate({ to: '/costs', search: (known) => ({ ...known, ...part }), replace: true, resetScroll: false });
  return (
    <StateGate state={stateOf(sheet)}>
      {sheet.data !== undefined && (
        <>
          {sheet.data.any ? (
            <>
              <Gaps sheet={sheet.data} last={last} />
              <EconomicsTiles month={last} />
            </>
          ) : (
            <Tile>
              <EmptyState
                title="No costs are recorded yet"
                hint="With what you spend on marketing and sales, Vario works out what a customer costs to win (CAC); with the cost of revenue, what one is worth (LTV); with all costs, the rule of 40 and the burn multiple. Type amounts into the grid below, paste them from a spreadsheet, or fill in the template and drop it here."
                action={{ label: 'Save the template', run: onTemplate }}
              />
            </Tile>
          )}
          <RejectedRows />
          <Tile
            flush
            title="Costs by month"
            subtitle="Arrow keys move, typing enters, Enter keeps, Escape leaves as it was, Ctrl+Z takes back; blocks can be pasted from a spreadsheet"
            actions={
              <>
                <ExportButtons
                  name="Costs"
                  forImport
                  header={EXPORT_COLUMNS}
                  rows={() => exportedCosts(sheet.data.costs)}
                />
              </>
            }
          >
            {wanted > span && (
              <p role="note" className="px-4 pb-2 text-xs text-warn">
                The last {MOST_MONTHS} months of the chosen period are shown: more columns are read by nobody.
              </p>
            )}
            <CostGrid sheet={sheet.data} months={months} groups={groups} today={known.today} acts={acts} />
            <div className="border-t border-line px-3 py-3">
              <AddRow
                reporting={sheet.data.currency}
                onAdd={(key) => setAdded((known) => [...known.filter((each) => rowId(each) !== rowId(key)), key])}
              />
            </div>
          </Tile>
          {sheet.data.any && (
            <div className="grid grid-cols-1 gap-4 min-[1180px]:grid-cols-2">
              <EconomicsTrend
                month={last}
                months={Math.max(span, 12)}
                metric={search.trend ?? 'cac'}
                onMetric={(trend) => change({ trend })}
              />
              <ChannelTable month={last} />
            </div>
          )}
          <History acts={acts} />
        </>
      )}
    </StateGate>
  );
}

function Gaps({ sheet, last }: { sheet: CostSheet; last: PlainMonth }): ReactNode {
  const format = useFormat();
  const missing = gaps(sheet, last);
  if (missing.length === 0) return null;
  const names = format.list(missing.map((month) => format.month(month, 'long')));
  return (
    <Callout tone="warn" title={`No costs entered for ${names}`}>
      CAC and whatever else is worked out of costs is not defined there. A month without costs takes a 0.
    </Callout>
  );
}
