/** Every source that Vario knows: one line each. */
import { AppError } from '../../../shared/kernel/errors.ts';
import type { Source } from './kit/index.ts';
import { amplitudeSource } from './amplitude/index.ts';
import { ecbSource } from './ecb/index.ts';
import { frankfurterSource } from './frankfurter/index.ts';
import { hubSpotSource } from './hubspot/index.ts';
import { intercomSource } from './intercom/index.ts';
import { mixpanelSource } from './mixpanel/index.ts';
import { pipedriveSource } from './pipedrive/index.ts';
import { postHogSource } from './posthog/index.ts';
import { salesforceSource } from './salesforce/index.ts';
import { stripeSource } from './stripe/index.ts';
import { zendeskSource } from './zendesk/index.ts';

export const SOURCES: readonly Source[] = [
  stripeSource,
  hubSpotSource,
  pipedriveSource,
  salesforceSource,
  postHogSource,
  mixpanelSource,
  amplitudeSource,
  intercomSource,
  zendeskSource,
  frankfurterSource,
  ecbSource,
];

export { historyRows } from './ecb/history-file.ts';

/** @throws AppError `not_found` for a vendor outside the registry. */
export function sourceOf(vendor: string, sources: readonly Source[] = SOURCES): Source {
  const source = sources.find(({ id }) => id === vendor);
  if (!source)
    throw new AppError(
      'not_found',
      `There is no source “${vendor}”; known are ${sources.map(({ id }) => id).join(', ')}`,
    );
  return source;
}
