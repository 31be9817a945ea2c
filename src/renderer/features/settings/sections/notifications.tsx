/** What is told, by which way, and when it stays quiet. */
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { failureOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { DailyDigestSetting, WeeklyDigestSetting } from '../parts/digest-settings.tsx';
import { QuietHoursSetting } from '../parts/quiet-hours-setting.tsx';
import { RuleWays } from '../parts/rule-ways.tsx';
import { SettingRow } from '../parts/setting-row.tsx';
import type { SectionProps } from './section.ts';

export function NotificationsSection({ workspace, status }: SectionProps): ReactNode {
  return (
    <>
      <Tile title="Alerts by rule and way" subtitle="Thresholds of the rules stand in the room Alerts">
        <SettingRow id="rules">
          <RuleWays />
        </SettingRow>
      </Tile>
      <Tile title="When" subtitle={`Times are meant in the company’s zone, ${workspace.timeZone}`}>
        <div className="flex flex-col divide-y divide-line">
          <QuietHoursSetting workspace={workspace} />
          <DailyDigestSetting workspace={workspace} />
          <WeeklyDigestSetting workspace={workspace} />
        </div>
      </Tile>
      <Tile title="Try it">
        <TestNotification browser={status.host === 'browser'} />
      </Tile>
    </>
  );
}

function TestNotification({ browser }: { browser: boolean }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const toast = useToast();
  const refused = browser && (!('Notification' in window) || Notification.permission !== 'granted');
  const send = useMutation({
    ...api.workspace.testNotification.mutationOptions(),
    meta: { showsFailure: true },
    onSuccess: ({ quietUntil }) =>
      toast({
        text:
          quietUntil === null
            ? 'A notification was handed to the system.'
            : `A notification was handed to the system. Alerts are held back until ${format.instant(quietUntil)}: quiet hours.`,
      }),
    onError: (error) => toast({ text: failureOf(error).message, tone: 'warn' }),
  });
  const ask = (): void =>
    void Notification.requestPermission().then((answer) => {
      if (answer === 'granted') send.mutate(undefined);
      else
        toast({
          text: 'The browser refuses notifications. Its own settings for this address allow them.',
          tone: 'warn',
        });
    });
  return (
    <SettingRow id="testNotification" title="Test notification">
      <div className="flex flex-col items-start gap-1.5">
        <Button
          busy={send.isPending}
          onClick={() => (refused && 'Notification' in window ? ask() : send.mutate(undefined))}
        >
          Send a test notification
        </Button>
        <p className="text-xs text-pretty text-subtle">
          {browser
            ? 'The browser shows it while a window of Vario is open, and asks for permission first.'
            : 'The operating system shows it, also while no window is open.'}
        </p>
      </div>
    </SettingRow>
  );
}
