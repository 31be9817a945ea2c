/**
 * What customers do in the product.
 * Answers: how many people are active, which features are used, who signs up
 * and pays by channel, who is near a limit, what do events mean?
 * Never: holds a single event, or turns use into money.
 */
export { activeUsers, usageSources } from './active.ts';
export { useBehind } from './behind.ts';
export { limitsCrossed } from './crossings.ts';
export { daysOfUse } from './days-of-use.ts';
export { featureUse } from './features.ts';
export { funnel } from './funnel.ts';
export { limitUse } from './limits.ts';
export { customerLimits } from './limits-of-customer.ts';
export { usageOfCustomer } from './of-customer.ts';
export { previewMapping, usageMapping } from './mapping.ts';
export { changedFields, saveFeature, saveLimit } from './write.ts';
