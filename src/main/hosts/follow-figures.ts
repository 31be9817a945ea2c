/** Today's ARR and rate of climb in words, for a tray: told again whenever the ledger or the settings change. */
import type { RouterClient } from '@orpc/server';
import type { CallRouter } from '../engine/index.ts';
import { inLocale } from '../engine/wording/index.ts';
import type { Logger } from '../engine/runtime/index.ts';
import type { EngineMessage } from './engine-messages.ts';
import { changeText, moneyText } from './figure-text.ts';

type Figures = Extract<EngineMessage, { type: 'figures' }>;

/** Begins at once; `stop` ends it. */
export function followFigures(
  client: RouterClient<CallRouter>,
  logger: Logger,
  tell: (figures: Figures) => void,
): { stop(): void } {
  const controller = new AbortController();
  const { signal } = controller;
  const follow = async () => {
    const changes = await client.changes.watch(undefined, { signal });
    tell(await figuresOf(client));
    for await (const { topics } of changes)
      if (topics.some((topic) => topic === 'ledger' || topic === 'workspace' || topic === 'alerts'))
        tell(await figuresOf(client));
  };
  follow().catch((error: unknown) => {
    // Boundary: locking ends the stream, and the tray then shows nothing.
    if (!signal.aborted) logger.debug('The figures of the tray are not followed any more', { error });
    tell({ type: 'figures', figures: null });
  });
  return { stop: () => controller.abort() };
}

async function figuresOf(client: RouterClient<CallRouter>): Promise<Figures> {
  const [climb, alerts, { locale }] = await Promise.all([
    client.metrics.climb({}),
    client.alerts.list({ limit: 1 }),
    client.workspace.get(),
  ]);
  return inLocale(locale, () => ({
    type: 'figures',
    figures: {
      arr: moneyText(climb.arr, climb.currency),
      climb: `${changeText(climb.perWeek, climb.currency)} per week`,
      openAlerts: alerts.open,
    },
  }));
}
