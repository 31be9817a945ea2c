/** On which day of the next month a month is closed by itself. */
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ClosingList } from '../../../../shared/contract/closing.ts';
import { useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Select } from '../../../ui/select.tsx';
import { useToast } from '../../../ui/toast.tsx';

const DAYS = Array.from({ length: 28 }, (_, index) => index + 1);

export function AutomaticClosing({ list: { automatic, obstacles } }: { list: ClosingList }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const toast = useToast();
  const update = useMutation(api.workspace.update.mutationOptions());
  const change = (closeOnDay: number | null): void =>
    update.mutate(
      { closeOnDay },
      {
        onSuccess: () =>
          toast({
            text: closeOnDay === null ? 'Months are closed by hand' : `Months are closed on day ${closeOnDay}`,
            undo: () => update.mutate({ closeOnDay: automatic.day }),
          }),
      },
    );
  const options = [
    { value: 'off', label: 'by hand only' },
    ...DAYS.map((day) => ({ value: String(day), label: `by itself on day ${day} of the next month` })),
  ];
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span>Months are closed</span>
      <div className="w-64">
        <Select
          label="When months are closed"
          labelHidden
          options={options}
          value={automatic.day === null ? 'off' : String(automatic.day)}
          onChange={(value) => change(value === 'off' ? null : Number(value))}
        />
      </div>
      {automatic.due.length > 0 && (
        <span>
          {format.list(automatic.due.map((month) => format.month(month)))} due
          {obstacles.length > 0 ? ', waiting for what is missing' : ', at the next look within half an hour'}
        </span>
      )}
    </div>
  );
}
