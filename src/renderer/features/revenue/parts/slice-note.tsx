/** Which part of the company is shown, and the way back to all of it. */
import type { ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import type { Choice } from '../choice.ts';
import { useDimensions, useValueLabel } from '../use-revenue.ts';

export interface SliceNoteProps {
  slice: NonNullable<Choice['slice']>;
  /** The view cannot show a part. */
  ignored: boolean;
  onClear: () => void;
}

export function SliceNote({ slice, ignored, onClear }: SliceNoteProps): ReactNode {
  const [condition] = slice.where;
  const value = condition?.values[0] ?? '';
  const dimensions = useDimensions();
  const label = useValueLabel(condition?.dimension, value);
  const by = dimensions.data?.find(({ dimension }) => dimension === condition?.dimension)?.label ?? '';
  return (
    <Callout
      tone={ignored ? 'warn' : 'accent'}
      title={ignored ? 'The whole company' : `Only ${by.toLowerCase()}: ${label === '' ? 'none' : label}`}
      action={
        <Button size="sm" onClick={onClear}>
          Show all
        </Button>
      }
    >
      {ignored &&
        `Payments, invoices and cash are not recorded by ${by.toLowerCase()}: this view does not follow the filter.`}
    </Callout>
  );
}
