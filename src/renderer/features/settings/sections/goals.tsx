/** What the company aims at, and how often its sources are read. */
import type { ReactNode } from 'react';
import { Tile } from '../../../ui/tile.tsx';
import { fractionFromText, minorFromText, textFromMinor } from '../amount-text.ts';
import { SettingText } from '../parts/setting-text.tsx';
import type { SectionProps } from './section.ts';

export function GoalsSection({ workspace }: SectionProps): ReactNode {
  const { reportingCurrency: currency } = workspace;
  return (
    <>
      <Tile title="Goals" subtitle="They set the climb that the variometer asks for">
        <div className="flex flex-col divide-y divide-line">
          <SettingText
            name="growthTarget"
            workspace={workspace}
            show={(value) => (value === null ? '' : String(Number((value * 100).toFixed(4))))}
            read={(text) => optional(text, fractionFromText, 'Enter a percentage such as 5.')}
            hint="In percent; empty: no target."
            inputMode="decimal"
          />
          <SettingText
            name="milestoneMinor"
            workspace={workspace}
            show={(value) => (value === null ? '' : textFromMinor(value, currency))}
            read={(text) =>
              optional(text, (typed) => minorFromText(typed, currency), 'Enter an amount such as 1,000,000.')
            }
            hint={`In ${currency}; empty: the next of the standard ones.`}
            inputMode="decimal"
          />
        </div>
      </Tile>
      <Tile title="Sync">
        <SettingText
          name="syncEveryMinutes"
          workspace={workspace}
          show={String}
          read={(text) => {
            const minutes = Number(text);
            return Number.isInteger(minutes) && minutes >= 5 && minutes <= 1_440
              ? { value: minutes }
              : { wrong: 'Enter 5 to 1440 minutes.' };
          }}
          hint="In minutes, from 5 to a day."
          inputMode="numeric"
        />
      </Tile>
    </>
  );
}

/** Empty is null; a text that means nothing is told. */
function optional<Value>(
  text: string,
  read: (text: string) => Value | null,
  wrong: string,
): { value: Value | null } | { wrong: string } {
  if (text === '') return { value: null };
  const value = read(text);
  return value === null ? { wrong } : { value };
}
