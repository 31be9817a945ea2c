/** Name, picture, currency, zone and calendar of the company. */
import type { ReactNode } from 'react';
import { useFormat } from '../../../lib/format-context.tsx';
import { currencyOptions, monthOptions, weekdayOptions, zoneOptions } from '../../../ui/choices.ts';
import { Tile } from '../../../ui/tile.tsx';
import { Logo } from '../parts/logo.tsx';
import { SettingChoice } from '../parts/setting-choice.tsx';
import { SettingText } from '../parts/setting-text.tsx';
import type { SectionProps } from './section.ts';

export function CompanySection({ workspace }: SectionProps): ReactNode {
  const { locale } = useFormat();
  return (
    <>
      <Tile title="Company">
        <div className="flex flex-col divide-y divide-line">
          <SettingText
            name="companyName"
            workspace={workspace}
            show={(value) => value}
            read={(text) => (text === '' ? { wrong: 'A company needs a name.' } : { value: text })}
            hint="Stands on reports and notifications."
            maxLength={200}
          />
          <Logo />
        </div>
      </Tile>
      <Tile title="Money and calendar" subtitle="Another currency or time zone computes all figures again">
        <div className="flex flex-col divide-y divide-line">
          <SettingChoice
            name="reportingCurrency"
            workspace={workspace}
            options={currencyOptions(locale)}
            read={(code) => code}
            hint="Amounts in other currencies are valued in it, at the rate of their day."
          />
          <SettingChoice
            name="timeZone"
            workspace={workspace}
            options={zoneOptions(workspace.timeZone)}
            read={(zone) => zone}
            hint="A day of the company begins at midnight there."
          />
          <SettingChoice
            name="fiscalYearStartMonth"
            workspace={workspace}
            options={monthOptions(locale)}
            read={Number}
            hint="A fiscal year is called after the calendar year in which it ends."
          />
          <SettingChoice name="weekStartsOn" workspace={workspace} options={weekdayOptions(locale)} read={Number} />
        </div>
      </Tile>
    </>
  );
}
