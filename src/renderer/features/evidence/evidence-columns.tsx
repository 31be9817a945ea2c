/** The columns of the rows behind a figure. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ExplainRow, ExplainUnit } from '../../../shared/contract/metrics.ts';
import { currencyCode, isCurrencyCode, type CurrencyCode } from '../../../shared/kernel/currency.ts';
import { decimalText, minor, money } from '../../../shared/kernel/money.ts';
import { ExternalLink } from '../../lib/address/index.ts';
import type { Formatter } from '../../lib/format.ts';
import { NO_VALUE } from '../../../shared/formats/number.ts';
import { countUnit, HOURS, moneyUnit, PERCENT, type Unit } from '../../lib/unit.ts';
import { EvidenceBadge, evidenceText, isReconstructed } from '../../ui/evidence-badge.tsx';
import type { Column } from '../../ui/table-model.ts';

/** The unit in which the shares of the figure are shown. */
export function evidenceUnit(unit: ExplainUnit, currency: CurrencyCode | undefined): Unit | undefined {
  if (unit === 'money') return currency === undefined ? undefined : moneyUnit(currency);
  return UNITS[unit];
}

const UNITS: Readonly<Record<Exclude<ExplainUnit, 'money'>, Unit>> = {
  count: countUnit(),
  ratio: PERCENT,
  days: { kind: 'days' },
  hours: HOURS,
  points: { kind: 'score' },
};

function amountHeader(unit: Unit | undefined, currency: CurrencyCode | undefined): string {
  if (unit?.kind === 'money' && currency !== undefined) return `Share (${currency})`;
  if (unit?.kind === 'hours') return 'Hours';
  if (unit?.kind === 'days') return 'Days';
  return unit?.kind === 'score' ? 'Points' : 'Share';
}

export function evidenceColumns(
  unit: Unit | undefined,
  currency: CurrencyCode | undefined,
  format: Formatter,
): Column<ExplainRow>[] {
  return [
    { id: 'customer', header: 'Customer', value: (row) => row.customerName, cell: customerCell },
    { id: 'on', header: 'Day', value: (row) => row.on, text: (row) => format.day(row.on), width: 110 },
    // Without a customer and a kind, the note is all that names the row.
    { id: 'what', header: 'What', value: (row) => (isNamed(row) ? null : row.note) },
    { id: 'kind', header: 'Kind', value: (row) => row.kind, width: 102 },
    { id: 'plan', header: 'Plan', value: planText },
    // Discounts, reasons, what became of it.
    {
      id: 'note',
      header: 'Note',
      value: (row) => (isNamed(row) ? row.note : null),
      cell: (row) =>
        row.note === null || !isNamed(row) ? (
          <span className="text-subtle">{NO_VALUE}</span>
        ) : (
          <span className="block truncate" title={row.note}>
            {row.note}
          </span>
        ),
    },
    {
      id: 'native',
      header: 'Billed a year',
      align: 'end',
      width: 120,
      value: (row) => row.nativeAnnualMinor,
      text: (row) => nativeText(row, format),
      exported: nativeExport,
    },
    {
      id: 'amount',
      header: amountHeader(unit, currency),
      align: 'end',
      width: 118,
      value: (row) => row.amount,
      text: (row) => (unit === undefined ? NO_VALUE : format.value(row.amount, unit)),
      exported: (row) =>
        unit?.kind === 'money' ? decimalText(minor(Math.round(row.amount)), unit.currency) : row.amount,
    },
    {
      id: 'evidence',
      header: 'Evidence',
      width: 120,
      value: (row) => evidenceText(row.evidence),
      cell: (row) =>
        isReconstructed(row.evidence) ? (
          <EvidenceBadge evidence={row.evidence} />
        ) : (
          <span className="text-subtle">{row.evidence === null ? NO_VALUE : 'seen'}</span>
        ),
    },
    {
      id: 'source',
      header: 'Source',
      value: (row) => row.sourceObjectId,
      width: 98,
      cell: sourceCell,
      sortable: false,
    },
  ];
}

function isNamed(row: ExplainRow): boolean {
  return row.customerId !== null || row.kind !== null;
}

function customerCell(row: ExplainRow): ReactNode {
  if (row.customerId === null)
    return <span className="text-muted">{row.customerName ?? (isNamed(row) ? NO_VALUE : (row.note ?? NO_VALUE))}</span>;
  return (
    <Link
      to="/customers/$customerId"
      params={{ customerId: row.customerId }}
      className="text-ink underline-offset-2 hover:underline"
    >
      {row.customerName ?? `Customer ${row.customerId}`}
    </Link>
  );
}

function sourceCell(row: ExplainRow): ReactNode {
  if (row.sourceObjectId === null) return <span className="text-subtle">{NO_VALUE}</span>;
  if (row.sourceUrl === null) return <span className="font-mono text-xs text-muted">{row.sourceObjectId}</span>;
  return (
    <ExternalLink href={row.sourceUrl} className="font-mono text-xs">
      {row.sourceObjectId}
    </ExternalLink>
  );
}

function planText(row: ExplainRow): string | null {
  if (row.plan === null) return null;
  return row.quantity === null || row.quantity === '1' || row.quantity === '0'
    ? row.plan
    : `${row.plan} × ${row.quantity}`;
}

function nativeText(row: ExplainRow, format: Formatter): string {
  if (row.nativeAnnualMinor === null || row.nativeCurrency === null || !isCurrencyCode(row.nativeCurrency))
    return NO_VALUE;
  return format.money(money(row.nativeAnnualMinor, currencyCode(row.nativeCurrency)));
}

function nativeExport(row: ExplainRow): string | null {
  if (row.nativeAnnualMinor === null || row.nativeCurrency === null || !isCurrencyCode(row.nativeCurrency)) return null;
  return `${decimalText(row.nativeAnnualMinor, currencyCode(row.nativeCurrency))} ${row.nativeCurrency}`;
}
