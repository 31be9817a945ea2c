/** What the address says of the cockpit and of a wall screen, besides the filters of all rooms. */
import { z } from 'zod';

/** `view`: the saved view's id; default the one that the cockpit opens with. `arrange`: its tiles are being arranged. */
export const CockpitSearchSchema = z.object({
  /** What MRR over time is compared with. */
  compare: z.enum(['before', 'year']).optional().catch(undefined),
  view: z.coerce.number().int().positive().optional().catch(undefined),
  arrange: z.literal('yes').optional().catch(undefined),
});

/** Seconds for which a wall screen shows each of its screens. */
export const KIOSK_PACES = ['15', '30', '60', '120', '300'] as const;

/** `views`: ids with a comma between them, default all; `every`: seconds for each screen; `names`: whether customers' are shown. */
export const KioskSearchSchema = z.object({
  views: z
    .string()
    .regex(/^\d{1,9}(,\d{1,9}){0,30}$/)
    .optional()
    .catch(undefined),
  every: z.enum(KIOSK_PACES).optional().catch(undefined),
  names: z.literal('hidden').optional().catch(undefined),
});
