import { Command } from 'commander';
import type { NpsScore, ResponseTimes } from '../../../../shared/contract/support.ts';
import { addDays, type PlainDay } from '../../../../shared/kernel/day.ts';
import { HOUR_MS } from '../../../../shared/kernel/instant.ts';
import { countText, decimalsText, UNDEFINED } from '../../figure-text.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';
import { parseDay } from '../parse-options.ts';
import { textTable } from '../text-table.ts';

interface SpanOptions {
  readonly from?: PlainDay;
  readonly to?: PlainDay;
}

const HOUR_SECONDS = HOUR_MS / 1_000;
const USUAL_DAYS = 365;

/** `vario support`: how soon customers are answered, what is open, and how likely they would recommend the company. */
export function supportCommand(run: Process): Command {
  return new Command('support')
    .description('first answers, open requests and the Net Promoter Score')
    .option(
      '--from <day>',
      'requests opened and answers given on this day or later; default: a year before --to',
      parseDay,
    )
    .option('--to <day>', 'on this day or earlier; default: today', parseDay)
    .addHelpText(
      'after',
      '\nTimes are by the clock, nights and weekends included, in seconds in JSON. What is open is open now, whatever the days. Each person counts once in a score, with the last answer of the span.\n\nExamples:\n  vario support\n  vario support --from 2026-07-01 --to 2026-09-30 --json',
    )
    .action(async (options: SpanOptions, command: Command) => {
      const invocation = invocationOf(command, run);
      await withWorkspace(invocation, { program: 'support' }, async (client) => {
        const { today } = await client.metrics.freshness();
        const to = options.to ?? today;
        const span = { from: options.from ?? addDays(to, -USUAL_DAYS), to };
        const [desk, nps] = await Promise.all([client.support.desk(span), client.support.nps(span)]);
        const text =
          desk.any || nps.any
            ? [
                ...(desk.any ? deskText(desk.times, desk.months, desk.open.total, desk.open.median.value) : []),
                ...(nps.any ? npsText(nps.total, nps.quarters) : []),
              ].join('\n')
            : 'Nothing is known of support yet: connect Intercom or Zendesk, or import tickets and answers.';
        invocation.terminal.result({ ...span, desk, nps }, text);
      });
    });
}

function deskText(
  times: ResponseTimes,
  months: readonly (ResponseTimes & { readonly month: string })[],
  open: number,
  age: number | null,
): string[] {
  return [
    `First answer: ${hours(times.median.value)} in the middle, ${hours(times.p90.value)} for nine of ten; ${countText(times.opened)} requests, ${countText(times.waiting)} not answered yet.`,
    `Open now: ${countText(open)}, half of them for longer than ${hours(age)}.`,
    '',
    textTable(
      [
        { title: 'Month' },
        { title: 'Requests', align: 'right' },
        { title: 'Answered', align: 'right' },
        { title: 'Median', align: 'right' },
        { title: 'Nine of ten', align: 'right' },
      ],
      months.map((month) => [
        month.month,
        month.opened,
        month.answered,
        hours(month.median.value),
        hours(month.p90.value),
      ]),
    ),
    '',
  ];
}

function npsText(
  total: NpsScore,
  quarters: readonly (NpsScore & { readonly from: PlainDay; readonly to: PlainDay })[],
): string[] {
  const between = (score: NpsScore) =>
    score.low === null || score.high === null
      ? UNDEFINED
      : `${decimalsText(score.low, 0)} to ${decimalsText(score.high, 0)}`;
  return [
    `Net Promoter Score: ${decimalsText(total.score.value, 0)} (${between(total)}), from ${countText(total.people)} people.`,
    '',
    textTable(
      [
        { title: 'From' },
        { title: 'To' },
        { title: 'Score', align: 'right' },
        { title: 'Between', align: 'right' },
        { title: 'People', align: 'right' },
        { title: 'Promoters', align: 'right' },
        { title: 'Passives', align: 'right' },
        { title: 'Detractors', align: 'right' },
      ],
      quarters.map((quarter) => [
        quarter.from,
        quarter.to,
        decimalsText(quarter.score.value, 0),
        between(quarter),
        quarter.people,
        quarter.promoters,
        quarter.passives,
        quarter.detractors,
      ]),
    ),
  ];
}

function hours(seconds: number | null): string {
  return seconds === null ? UNDEFINED : `${decimalsText(seconds / HOUR_SECONDS, 1)} h`;
}
