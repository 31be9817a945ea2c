/** What the month says, in sentences, and the scorecard behind them. */
import { Fragment, type ReactNode } from 'react';
import type { BoardPack } from '../../../../../shared/contract/reports.ts';
import { addToMonth } from '../../../../../shared/kernel/day.ts';
import type { Judgement } from '../../../../lib/change.ts';
import { useFormat } from '../../../../lib/format-context.tsx';
import { scorecardOf } from '../scorecard.ts';
import { FigureLink } from './row-links.tsx';
import { Part, Sheet } from './sheet.tsx';

const TONES: Record<Judgement, string> = { gain: 'text-gain', loss: 'text-loss', neutral: 'text-muted' };

export function Overview({ pack }: { pack: BoardPack }): ReactNode {
  return (
    <Sheet title="The month in short">
      <ul className="mt-3 flex flex-col gap-1.5">
        {pack.summary.map((sentence) => (
          <li key={sentence} className="border-l-2 border-accent pl-3 text-[9.5pt] leading-snug text-pretty">
            {sentence}
          </li>
        ))}
      </ul>
      <Scores pack={pack} />
    </Sheet>
  );
}

function Scores({ pack }: { pack: BoardPack }): ReactNode {
  const format = useFormat();
  const scorecard = scorecardOf(pack, format);
  const head = 'py-1 text-right text-xs font-medium text-muted';
  return (
    <Part
      title="Scorecard"
      note="The change is that against the month before; retention looks back twelve months. Figures lead to their rows in Vario."
    >
      <table>
        <thead>
          <tr className="border-b border-line-strong">
            <th scope="col" className="py-1 text-left text-xs font-medium text-muted">
              Figure
            </th>
            <th scope="col" className={head}>
              {format.month(pack.month)}
            </th>
            <th scope="col" className={head}>
              {format.month(addToMonth(pack.month, -1))}
            </th>
            <th scope="col" className={head}>
              Change
            </th>
            <th scope="col" className={head}>
              {format.month(addToMonth(pack.month, -12))}
            </th>
          </tr>
        </thead>
        <tbody>
          {scorecard.groups.map((group) => (
            <Fragment key={group.title}>
              <tr>
                <th scope="colgroup" colSpan={5} className="pt-2 pb-0.5 text-left text-xs font-semibold text-accent">
                  {group.title}
                </th>
              </tr>
              {group.lines.map((line) => (
                <tr key={line.id} className="border-b border-line">
                  <th scope="row" className="py-[2px] text-left font-normal">
                    {line.title}
                  </th>
                  <td className="text-right font-semibold">
                    <FigureLink why={line.id} to={pack.current.asOf}>
                      {line.current}
                    </FigureLink>
                  </td>
                  <td className="text-right text-muted">
                    <FigureLink why={line.id} to={pack.previous.asOf}>
                      {line.previous}
                    </FigureLink>
                  </td>
                  <td className={`text-right font-medium ${TONES[line.judgement]}`}>{line.change}</td>
                  <td className="text-right text-muted">
                    {pack.yearBefore === null ? (
                      line.yearBefore
                    ) : (
                      <FigureLink why={line.id} to={pack.yearBefore.asOf}>
                        {line.yearBefore}
                      </FigureLink>
                    )}
                  </td>
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
      {scorecard.missing.length > 0 && (
        <p className="mt-2 text-xs text-pretty text-muted">
          Not shown: {scorecard.missing.map(({ title, reason }) => `${title} (${reason})`).join('; ')}.
        </p>
      )}
    </Part>
  );
}
