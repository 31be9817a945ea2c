import { Command } from 'commander';
import type { FeatureUse, FunnelRow, LimitUse } from '../../../../shared/contract/usage.ts';
import { addDays, type PlainDay } from '../../../../shared/kernel/day.ts';
import { countText, decimalsText, ratioText } from '../../figure-text.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';
import { parseDay } from '../parse-options.ts';
import { textTable } from '../text-table.ts';

interface SpanOptions {
  readonly from?: PlainDay;
  readonly to?: PlainDay;
}

const USUAL_DAYS = 30;

/** `vario usage`: what customers do in the product, how far new ones come, and who is near a limit. */
export function usageCommand(run: Process): Command {
  return new Command('usage')
    .description('active users, use of features, the funnel by channel, and limits that are nearly reached')
    .option('--from <day>', 'default: thirty days before --to', parseDay)
    .option('--to <day>', 'default: today', parseDay)
    .addHelpText(
      'after',
      '\nThe funnel follows those who first came in the span, each for thirty days. Limits are those of the month under way, from 80 % on.\n\nExamples:\n  vario usage\n  vario usage --from 2026-10-01 --to 2026-10-31 --json',
    )
    .action(async (options: SpanOptions, command: Command) => {
      const invocation = invocationOf(command, run);
      await withWorkspace(invocation, { program: 'usage' }, async (client) => {
        const { today } = await client.metrics.freshness();
        const to = options.to ?? today;
        const span = { from: options.from ?? addDays(to, -USUAL_DAYS), to };
        const [active, features, funnel, limits] = await Promise.all([
          client.usage.active({ ...span, period: 'week' }),
          client.usage.features(span),
          client.usage.funnel(span),
          client.usage.limits({}),
        ]);
        const text =
          active.points.length === 0 && features.rows.length === 0
            ? 'Nothing is known of the product’s use yet: connect PostHog, Mixpanel or Amplitude, or import usage.'
            : [
                'Active people by week',
                textTable(
                  [{ title: 'From' }, { title: 'People', align: 'right' }, { title: 'Accounts', align: 'right' }],
                  active.points.map((point) => [point.startsOn, point.users, point.accounts]),
                ),
                '',
                'Features',
                featureTable(features.rows),
                '',
                'From the first visit to paying',
                funnelTable([...funnel.rows, funnel.total]),
                '',
                'Near their limit',
                limits.rows.length === 0 ? 'Nobody' : limitTable(limits.rows),
              ].join('\n');
        invocation.terminal.result({ ...span, active, features, funnel, limits }, text);
      });
    });
}

function featureTable(rows: readonly FeatureUse[]): string {
  return textTable(
    [
      { title: 'Feature' },
      { title: 'Times', align: 'right' },
      { title: 'Before', align: 'right' },
      { title: 'Accounts a day', align: 'right' },
    ],
    rows.map((row) => [row.event, row.count, countText(row.countBefore), decimalsText(row.accountsPerDay, 1)]),
  );
}

function funnelTable(rows: readonly FunnelRow[]): string {
  return textTable(
    [
      { title: 'Channel' },
      { title: 'Visited', align: 'right' },
      { title: 'Signed up', align: 'right' },
      { title: 'Activated', align: 'right' },
      { title: 'Trial', align: 'right' },
      { title: 'Paid', align: 'right' },
    ],
    rows.map((row) => [channelText(row.channel), row.visited, row.signedUp, row.activated, row.trial, row.paid]),
  );
}

function channelText(channel: string | null): string {
  if (channel === null) return 'All';
  return channel === '' ? 'Not known' : channel;
}

function limitTable(rows: readonly LimitUse[]): string {
  return textTable(
    [
      { title: 'Customer' },
      { title: 'Event' },
      { title: 'Used', align: 'right' },
      { title: 'Limit', align: 'right' },
      { title: 'Share', align: 'right' },
    ],
    rows.map((row) => [row.customerName, row.event, row.used, row.limit, ratioText(row.share)]),
  );
}
