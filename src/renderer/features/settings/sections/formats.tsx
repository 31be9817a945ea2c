/** How figures, money and days are written: on the screen, in files, on paper; with examples of each. */
import type { ReactNode } from 'react';
import { currencyCode } from '../../../../shared/kernel/currency.ts';
import { plainDay, plainMonth } from '../../../../shared/kernel/day.ts';
import { instantOfIso } from '../../../../shared/kernel/instant.ts';
import { money } from '../../../../shared/kernel/money.ts';
import { csvLine, localeStyle, MACHINE_STYLE } from '../../../../shared/kernel/table-text.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { paperOf } from '../../../../shared/kernel/paper.ts';
import { Tile } from '../../../ui/tile.tsx';
import { LocaleSetting } from '../parts/locale-setting.tsx';
import { SettingChoice } from '../parts/setting-choice.tsx';
import type { SectionProps } from './section.ts';

const DAY = plainDay('2026-11-21');
const MOMENT = instantOfIso('2026-11-21T14:05:00Z');

export function FormatsSection({ workspace }: SectionProps): ReactNode {
  const format = useFormat();
  const { locale } = format;
  const examples: readonly (readonly [what: string, text: string])[] = [
    ['Numbers', `${format.count(1_234_567)} · ${format.percent(0.1234)} · ${format.ratio(4.25)}`],
    [
      'Money',
      format.list([
        format.money(money(123_456_789, workspace.reportingCurrency)),
        format.money(money(5_000, currencyCode('JPY'))),
        format.money(money(12_345, currencyCode('KWD'))),
      ]),
    ],
    ['Short money', format.money(money(123_456_789, workspace.reportingCurrency), { form: 'compact' })],
    ['Days', `${format.day(DAY)} · ${format.day(DAY, 'long')}`],
    ['Moments', format.instant(MOMENT)],
    ['Quarters', format.quarter(plainMonth('2026-11'))],
  ];
  return (
    <>
      <Tile title="On screens and paper">
        <div className="flex flex-col divide-y divide-line">
          <LocaleSetting workspace={workspace} />
          <dl className="grid grid-cols-[8rem_1fr] gap-y-1.5 pt-3 tabular-nums">
            {examples.map(([what, text]) => (
              <div key={what} className="contents">
                <dt className="text-subtle">{what}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </div>
      </Tile>
      <Tile title="In files">
        <div className="flex flex-col divide-y divide-line">
          <SettingChoice
            name="exportFormat"
            workspace={workspace}
            inSight
            options={[
              { value: 'machine', label: 'For other programs' },
              { value: 'locale', label: 'As I write' },
            ]}
            read={(style) => (style === 'locale' ? 'locale' : 'machine')}
            hint="For tables that are copied, and for CSV files; where one is saved, the menu offers both."
          />
          <dl className="grid grid-cols-[8rem_1fr] gap-y-1.5 pt-3">
            <dt className="text-subtle">Programs</dt>
            <dd className="min-w-0 font-mono text-xs wrap-anywhere">{csvLine(EXAMPLE_ROW, MACHINE_STYLE)}</dd>
            <dt className="text-subtle">As I write</dt>
            <dd className="min-w-0 font-mono text-xs wrap-anywhere">{csvLine(EXAMPLE_ROW, localeStyle(locale))}</dd>
          </dl>
        </div>
      </Tile>
      <Tile title="On paper">
        <SettingChoice
          name="paperSize"
          workspace={workspace}
          options={[
            { value: 'locale', label: `As the region uses (${paperOf(null, locale)})` },
            { value: 'A4', label: 'A4' },
            { value: 'Letter', label: 'Letter' },
          ]}
          show={(size) => size ?? 'locale'}
          read={(size) => (size === 'A4' || size === 'Letter' ? size : null)}
          hint="For board packs and other reports, unless one is printed otherwise."
        />
      </Tile>
    </>
  );
}

const EXAMPLE_ROW = ['Kestrel Labs', DAY, '1234.50', 0.125];
