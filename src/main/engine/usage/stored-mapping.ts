/** What events mean, as it is stored with a source's connection. */
import { z } from 'zod';
import { UsageMappingSchema, type UsageMapping } from '../../../shared/contract/usage.ts';
import type { ReadDb } from '../store/index.ts';

const ConfigSchema = z.object(
  Object.fromEntries(Object.keys(UsageMappingSchema.shape).map((field) => [field, z.string().default('')])),
);

/** @throws AppError `not_found` for a source that there is not. */
export function storedMapping(db: ReadDb, sourceId: number): UsageMapping {
  const { config } = db.one(
    db.build.selectFrom('source').select('config').where('source_id', '=', sourceId),
    `The source ${sourceId}`,
  );
  return UsageMappingSchema.parse(ConfigSchema.parse(JSON.parse(config)));
}

/** Events that count as no use: those set aside, and the visit. */
export function idleNames({ idleEvents, visitedEvent }: UsageMapping): ReadonlySet<string> {
  return new Set([...idleEvents.split(',').map((name) => name.trim()), visitedEvent].filter((name) => name !== ''));
}

/**
 * Whether an event is a feature worth counting: as a person has said, else every
 * event of the founder's own that counts as use and is no step of the funnel.
 */
export function isFeature(event: string, decided: number | null, mapping: UsageMapping): boolean {
  if (decided !== null) return decided === 1;
  const isVendors = event.startsWith('$') || event.startsWith('[Amplitude]');
  return !isVendors && !idleNames(mapping).has(event) && event !== mapping.signUpEvent;
}
