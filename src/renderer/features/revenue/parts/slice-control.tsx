/** Which part of the company is shown: conditions that all hold, and the way back to all of it. */
import type { ReactNode } from 'react';
import { conditionText } from '../../../lib/address/index.ts';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { SliceFilter } from '../../../ui/slice-filter.tsx';
import type { ControlsProps } from './controls-props.ts';

/** `ignored`: the view cannot show a part. */
export function SliceControl({ choice, onChange, ignored }: ControlsProps & { ignored: boolean }): ReactNode {
  const where = choice.slice?.where ?? [];
  return (
    <>
      <div role="group" aria-label="Filters" className="flex min-w-0 flex-wrap items-center gap-1.5">
        <SliceFilter
          conditions={where}
          onChange={(conditions) => onChange({ slice: conditionText(conditions) })}
          allowSegments
        />
        {where.length > 0 && (
          <Button kind="ghost" onClick={() => onChange({ slice: undefined })}>
            Show all
          </Button>
        )}
      </div>
      {ignored && where.length > 0 && (
        <Callout tone="warn" title="The whole company">
          Payments, invoices and cash are not recorded by parts of the company: this view does not follow the filter.
        </Callout>
      )}
    </>
  );
}
