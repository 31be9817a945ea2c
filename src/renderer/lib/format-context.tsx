/** Hands the formatter of the workspace (its locale and zone) to every component below. */
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { TimeZone } from '../../shared/kernel/day.ts';
import { AppError } from '../../shared/kernel/errors.ts';
import { createFormatter, type Formatter } from './format.ts';

const FormatContext = createContext<Formatter | null>(null);

export function FormatProvider(props: { locale: string; zone: TimeZone; children: ReactNode }): ReactNode {
  const { locale, zone, children } = props;
  const formatter = useMemo(() => createFormatter(locale, zone), [locale, zone]);
  return <FormatContext value={formatter}>{children}</FormatContext>;
}

/** @throws AppError `internal` outside a FormatProvider: a guessed locale or zone would show a wrong day. */
export function useFormat(): Formatter {
  const formatter = useContext(FormatContext);
  if (formatter === null)
    throw new AppError('internal', 'A component that shows figures stands outside <FormatProvider>');
  return formatter;
}
