/** The end of a form: save, and why it could not be. */
import type { ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';

export interface SaveRowProps {
  label: string;
  saving: boolean;
  disabled: boolean;
  failure: string | null;
}

export function SaveRow({ label, saving, disabled, failure }: SaveRowProps): ReactNode {
  return (
    <div className="col-span-full flex items-center gap-3">
      <Button type="submit" kind="primary" busy={saving} disabled={disabled}>
        {label}
      </Button>
      {failure !== null && (
        <p role="alert" className="text-loss">
          {failure}
        </p>
      )}
    </div>
  );
}
