/** The variometer in all its states and sizes. */
import type { ReactNode } from 'react';
import type { Climb } from '../../shared/contract/metrics.ts';
import { USD } from '../../shared/kernel/currency.ts';
import { addDays, plainDay } from '../../shared/kernel/day.ts';
import { minor } from '../../shared/kernel/money.ts';
import { Variometer } from '../charts/variometer.tsx';
import { Exhibit, Room } from './frame.tsx';
import { open, seeded, TODAY } from './sample.ts';

function climb(perWeek: number, change: Partial<Climb> = {}): Climb {
  const random = seeded(5);
  const weeks = Array.from({ length: 52 }, (_, week) => {
    const bad = week > 26 && week < 33;
    return {
      endsOn: addDays(TODAY, (week - 51) * 7),
      netNewArr: minor(Math.round((bad ? -3200 : 4200 + week * 110) * 100 + (random() - 0.5) * 700_000)),
    };
  });
  return {
    asOf: TODAY,
    currency: USD,
    arr: minor(84_123_400),
    window: 28,
    perDay: minor(Math.round(perWeek / 7)),
    perWeek: minor(perWeek),
    perMonth: minor(Math.round((perWeek * 52) / 12)),
    previousPerWeek: minor(720_000),
    composition: { new: minor(0), expansion: minor(0), loss: minor(0), fx: minor(0) },
    milestone: {
      target: minor(100_000_000),
      distance: minor(15_876_600),
      expectedOn: perWeek > 0 ? plainDay('2027-02-18') : null,
      reason: perWeek > 0 ? null : 'Not reached while ARR falls.',
      dueOn: plainDay('2027-03-14'),
      neededPerWeek: minor(980_000),
    },
    weeks,
    ...change,
  };
}

export function InstrumentRoom(): ReactNode {
  return (
    <Room title="Variometer">
      <div id="variometer-wide">
        <Variometer climb={climb(1_240_000)} onHow={open} onWhy={open} />
      </div>
      <div id="variometer-720" className="w-[720px] max-w-full">
        <Variometer climb={climb(1_240_000)} onHow={open} onWhy={open} />
      </div>
      <div id="variometer-360" className="w-[360px]">
        <Variometer climb={climb(610_000)} onHow={open} onWhy={open} />
      </div>
      <div id="variometer-states" className="grid grid-cols-1 gap-3 lg:grid-cols-2">
        <Exhibit name="Falling">
          <Variometer climb={climb(-410_000)} />
        </Exhibit>
        <Exhibit name="Off scale">
          <Variometer climb={climb(5_300_000)} />
        </Exhibit>
        <Exhibit name="No milestone">
          <Variometer climb={climb(320_000, { milestone: null })} />
        </Exhibit>
        <Exhibit name="No data">
          <Variometer climb={null} reason="The rate of climb appears after the first week of synced revenue." />
        </Exhibit>
        <Exhibit name="Loading">
          <Variometer climb={null} state={{ kind: 'loading' }} />
        </Exhibit>
      </div>
      <Exhibit name="Print">
        <Variometer climb={climb(1_240_000)} print={{ width: 600 }} />
      </Exhibit>
    </Room>
  );
}
