/** What changed: the renderer drops what it remembers of these topics and asks again. There is no polling. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { stream } from './procedure.ts';

export const CHANGE_TOPICS = [
  'ledger',
  'costs',
  'files',
  'sources',
  'alerts',
  'workspace',
  'reports',
  'targets',
  'closing',
  'segments',
  'annotations',
  'identity',
  'onboarding',
  'views',
  'looks',
  'session',
] as const;

export const ChangeSchema = z.object({ topics: z.array(z.enum(CHANGE_TOPICS)), revision: z.number().int() });
export type Change = z.infer<typeof ChangeSchema>;

/** A native notification that the browser host shows as a Web Notification; Electron's shell shows its own. */
export const NotificationSchema = z.object({ id: z.string(), title: z.string(), body: z.string(), target: z.string() });

export const changes = {
  watch: stream.output(eventIterator(ChangeSchema)),
  notifications: stream.output(eventIterator(NotificationSchema)),
};
