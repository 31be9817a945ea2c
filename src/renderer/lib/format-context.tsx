/** Hands the formatter of the workspace (its locale, zone and calendar) to every component below. */
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { Workspace } from '../../shared/contract/workspace.ts';
import type { TimeZone } from '../../shared/kernel/day.ts';
import { AppError } from '../../shared/kernel/errors.ts';
import { createFormatter, type Formatter } from './format.ts';

const FormatContext = createContext<Formatter | null>(null);

export interface FormatProviderProps {
  locale: string;
  zone: TimeZone;
  /** When years and weeks begin, and how tables are exported; before the database is open, as everybody does. */
  calendar?: Pick<Workspace, 'fiscalYearStartMonth' | 'weekStartsOn' | 'exportFormat' | 'paperSize'>;
  children: ReactNode;
}

export function FormatProvider({ locale, zone, calendar, children }: FormatProviderProps): ReactNode {
  const { fiscalYearStartMonth = 1, weekStartsOn = 1, exportFormat = 'machine', paperSize = null } = calendar ?? {};
  const formatter = useMemo(
    () => createFormatter(locale, zone, { fiscalYearStartMonth, weekStartsOn, exportFormat, paperSize }),
    [locale, zone, fiscalYearStartMonth, weekStartsOn, exportFormat, paperSize],
  );
  return <FormatContext value={formatter}>{children}</FormatContext>;
}

/** @throws AppError `internal` outside a FormatProvider: a guessed locale or zone would show a wrong day. */
export function useFormat(): Formatter {
  const formatter = useContext(FormatContext);
  if (formatter === null)
    throw new AppError('internal', 'A component that shows figures stands outside <FormatProvider>');
  return formatter;
}
