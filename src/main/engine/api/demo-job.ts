/** The demo company: connected like any other, to vendors' servers on this computer. */
import { z } from 'zod';
import { currencyCode } from '../../../shared/kernel/currency.ts';
import { addToMonth, dayAt, monthOf, timeZone } from '../../../shared/kernel/day.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import { importCosts } from '../costs/index.ts';
import { defineJob } from '../jobs/index.ts';
import type { DemoVendors, EnginePorts } from '../runtime/index.ts';
import type { WriteDb } from '../store/index.ts';
import { closeMonths } from './close-job.ts';
import { connectSource, type SyncDeps } from '../sync/index.ts';
import { importDemoSurvey } from './demo-survey.ts';
import type { FileJobDeps } from './file-jobs.ts';
import type { PipelineDeps } from './pipeline.ts';
import { syncAndFollow, type SyncJobResult } from './sync-job.ts';
import { saveTarget } from '../targets/index.ts';
import { saveLimit } from '../usage/index.ts';
import { readWorkspace, writeWorkspace } from './workspace-settings.ts';

const PayloadSchema = z.object({});

/** `demo`: starts the servers, connects them, syncs. Not resumable: the servers end with the process. */
export function defineDemoJob(
  sync: SyncDeps,
  pipeline: PipelineDeps,
  startDemo: EnginePorts['startDemo'],
  programVersion: string,
  files: Omit<FileJobDeps, 'pipeline'>,
) {
  return defineJob<z.output<typeof PayloadSchema>, SyncJobResult>({
    kind: 'demo',
    payload: PayloadSchema,
    title: () => 'Start the demo company',
    exclusive: () => 'sync',
    resumable: false,
    async run(context) {
      const { db, clock } = sync;
      assertEmpty(db);
      context.progress({ step: 'Starting the vendors’ servers' });
      const { stripe, hubspot, intercom, posthog, frankfurter, costs, survey, targets, company, later } =
        await startDemo();
      writeWorkspace(db, {
        companyName: company.name,
        reportingCurrency: currencyCode(company.reportingCurrency),
        timeZone: timeZone(company.timeZone),
        demo: true,
        onboardedAt: clock.now(),
      });
      for (const target of targets) {
        const money = target.metric === 'customers' ? null : company.reportingCurrency;
        saveTarget(db, { ...target, startValue: null, currency: money }, clock.now());
      }
      pipeline.changes.publish('workspace', 'targets');
      context.progress({ step: 'Connecting' });
      const secrets = { apiKey: stripe.apiKey };
      await connectSource(sync, { vendor: 'stripe', config: { apiBase: stripe.apiBase }, secrets });
      await connectSource(sync, {
        vendor: 'hubspot',
        config: {
          apiBase: hubspot.apiBase,
          customerIdProperty: 'stripe_customer_id',
          companyFields: 'sales_segment, region',
          dealFields: 'competitor',
        },
        secrets: { accessToken: hubspot.accessToken },
      });
      await connectSource(sync, {
        vendor: 'intercom',
        config: { apiBase: intercom.apiBase },
        secrets: { accessToken: intercom.accessToken },
      });
      await connectDemoUsage(sync, posthog);
      await connectSource(sync, { vendor: 'frankfurter', config: { apiBase: frankfurter.apiBase }, secrets: {} });
      // Before the sync, which then asks for the rates of the costs too.
      importCosts(db, { ...costs, dryRun: false }, clock.now());
      await importDemoSurvey(sync, files, context, survey);
      pipeline.changes.publish('costs', 'files');
      const first = await syncAndFollow(sync, pipeline, context, { sourceIds: null, full: false });
      if (later === undefined) return first;
      // The company has reported all but its last month; then an agreement comes to light that ran since.
      const { timeZone: zone } = readWorkspace(db);
      const reported = addToMonth(monthOf(dayAt(clock.now(), zone)), -2);
      await closeMonths(pipeline, context, { through: reported, by: 'schedule', programVersion });
      later();
      const second = await syncAndFollow(sync, pipeline, context, { sourceIds: null, full: false });
      return { ...second, sources: first.sources };
    },
  });
}

/** With what its events mean, and what its plans include. */
async function connectDemoUsage(sync: SyncDeps, posthog: DemoVendors['posthog']): Promise<void> {
  const { apiBase, projectId, personalApiKey, limits } = posthog;
  const { sourceId } = await connectSource(sync, {
    vendor: 'posthog',
    config: { apiBase, projectId, signUpEvent: 'signed up', activationEvent: 'first report made' },
    secrets: { personalApiKey },
  });
  for (const limit of limits) saveLimit(sync.db, { sourceId, measure: 'count', customerId: null, ...limit });
}

/** @throws AppError `conflict`: the demo company never mixes with a real one. */
export function assertEmpty(db: WriteDb): void {
  if (db.first(db.build.selectFrom('source').select('source_id').limit(1)))
    throw new AppError('conflict', 'The demo company needs an empty workspace, and sources are connected here already');
  if (db.first(db.build.selectFrom('cost').select('month').limit(1)))
    throw new AppError('conflict', 'The demo company needs an empty workspace, and costs are recorded here already');
}
