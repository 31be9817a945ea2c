/** One alert: what happened, what is at stake, what to do next. */
import { AlarmClock, Check, CircleAlert, Info, RotateCcw, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { Alert } from '../../../../shared/contract/alerts.ts';
import { currencyCode, isCurrencyCode } from '../../../../shared/kernel/currency.ts';
import { money } from '../../../../shared/kernel/money.ts';
import { classNames } from '../../../lib/class-names.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { useNow } from '../../../lib/now.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import type { AlertActions } from '../use-alert-actions.ts';

const SEVERITIES: Record<Alert['severity'], { icon: LucideIcon; tone: string; word: string }> = {
  critical: { icon: CircleAlert, tone: 'text-loss', word: 'Critical' },
  warning: { icon: TriangleAlert, tone: 'text-warn', word: 'Warning' },
  info: { icon: Info, tone: 'text-accent', word: 'For information' },
};

export interface AlertCardProps {
  alert: Alert;
  active: boolean;
  onFocus: () => void;
  onOpen: () => void;
  /** The keys of the inbox: j, k, e, s. */
  onKeyDown: (event: KeyboardEvent<HTMLButtonElement>) => void;
  actions: AlertActions;
}

export function AlertCard({ alert, active, onFocus, onOpen, onKeyDown, actions }: AlertCardProps): ReactNode {
  const format = useFormat();
  const now = useNow();
  const { icon: Icon, tone, word } = SEVERITIES[alert.severity];
  const amount =
    alert.amountMinor !== null && alert.currency !== null && isCurrencyCode(alert.currency)
      ? format.money(money(alert.amountMinor, currencyCode(alert.currency)))
      : null;
  return (
    <li className="flex items-start gap-3 rounded-lg max-[760px]:flex-wrap border border-line bg-surface px-4 py-3 has-[[data-alert]:focus-visible]:outline-2 has-[[data-alert]:focus-visible]:outline-focus">
      <Icon size={17} aria-hidden strokeWidth={1.75} className={classNames('mt-0.5 shrink-0', tone)} />
      <div className="min-w-0 flex-1 max-[760px]:min-w-[70%]">
        <p className="flex items-baseline gap-2">
          <span className="sr-only">{word}: </span>
          <button
            type="button"
            data-alert={alert.alertId}
            tabIndex={active ? 0 : -1}
            onFocus={onFocus}
            onKeyDown={onKeyDown}
            onClick={onOpen}
            className={classNames(
              'min-w-0 outline-none text-pretty text-left text-ink underline-offset-2 hover:underline',
              alert.readAt === null ? 'font-semibold' : 'font-medium',
            )}
          >
            {alert.title}
          </button>
          {alert.readAt === null && (
            <span className="size-1.5 shrink-0 self-center rounded-full bg-accent">
              <span className="sr-only">unread</span>
            </span>
          )}
        </p>
        <p className="text-pretty text-muted">{alert.body}</p>
        {alert.nextAction !== null && (
          <p className="mt-1 text-pretty text-ink">
            <span className="text-subtle">Next: </span>
            {alert.nextAction}
          </p>
        )}
        <p className="mt-1 text-xs text-subtle">
          <span title={format.instant(alert.raisedAt, 'long')}>{format.relative(alert.raisedAt, now)}</span>
          {alert.snoozedUntil !== null &&
            alert.state === 'snoozed' &&
            ` · back on ${format.instant(alert.snoozedUntil)}`}
        </p>
      </div>
      <div className="flex shrink-0 flex-col items-end gap-2 max-[760px]:basis-full max-[760px]:flex-row max-[760px]:items-center max-[760px]:justify-between max-[760px]:pl-7">
        {amount !== null && (
          <p className="font-semibold text-ink">
            {amount}
            <span className="font-normal text-subtle"> MRR</span>
          </p>
        )}
        <div className="flex gap-1">
          {alert.state === 'open' ? (
            <>
              <IconButton
                icon={AlarmClock}
                label="Snooze for a week"
                shortcut="s"
                onClick={() => actions.snooze(alert)}
              />
              <Button size="sm" icon={Check} onClick={() => actions.done(alert)}>
                Done
              </Button>
            </>
          ) : (
            <Button size="sm" icon={RotateCcw} onClick={() => actions.reopen(alert)}>
              Reopen
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}
