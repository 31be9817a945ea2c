/** What can be done with an alert; each says what it did and can be taken back. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Alert } from '../../../shared/contract/alerts.ts';
import { addMs, DAY_MS } from '../../../shared/kernel/instant.ts';
import { useEngine } from '../../lib/engine/index.ts';
import { readClock } from '../../lib/now.ts';
import { useToast } from '../../ui/toast.tsx';

export interface AlertActions {
  done(alert: Alert): void;
  snooze(alert: Alert, days?: number): void;
  reopen(alert: Alert): void;
  read(alert: Alert): void;
}

const SNOOZE_DAYS = 7;

export function useAlertActions(): AlertActions {
  const { api } = useEngine();
  const queries = useQueryClient();
  const toast = useToast();
  const act = useMutation({
    ...api.alerts.act.mutationOptions(),
    onSuccess: () => queries.invalidateQueries({ queryKey: api.alerts.key() }),
  });
  const reopen = (alert: Alert): void => act.mutate({ alertId: alert.alertId, action: 'reopen' });
  const closeAgain = ({ alertId, snoozedUntil }: Alert): void =>
    act.mutate(
      snoozedUntil === null ? { alertId, action: 'done' } : { alertId, action: 'snooze', until: snoozedUntil },
    );
  return {
    reopen: (alert) =>
      act.mutate(
        { alertId: alert.alertId, action: 'reopen' },
        { onSuccess: () => toast({ text: `Open again: ${alert.title}`, undo: () => closeAgain(alert) }) },
      ),
    done: (alert) =>
      act.mutate(
        { alertId: alert.alertId, action: 'done' },
        { onSuccess: () => toast({ text: `Done: ${alert.title}`, undo: () => reopen(alert) }) },
      ),
    snooze: (alert, days = SNOOZE_DAYS) =>
      act.mutate(
        { alertId: alert.alertId, action: 'snooze', until: addMs(readClock(), days * DAY_MS) },
        { onSuccess: () => toast({ text: `Snoozed for ${days} days: ${alert.title}`, undo: () => reopen(alert) }) },
      ),
    read: (alert) => {
      if (alert.readAt === null) act.mutate({ alertId: alert.alertId, action: 'read' });
    },
  };
}
