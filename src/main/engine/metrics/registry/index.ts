/**
 * The registry of metrics.
 * Answers: which metrics are there, what does each mean, how is it computed,
 * where does its definition come from, and what does it need?
 * The same text stands in «how is this computed?» and in docs/metrics.md.
 * Never: computes.
 */
import type { MetricDefinition } from './definition.ts';
import { FLOWS } from './flows.ts';
import { QUALITY } from './quality.ts';
import { RATIOS } from './ratios.ts';
import { REVENUE } from './revenue.ts';
import { STOCKS } from './stocks.ts';
import { UNIT_ECONOMICS } from './unit-economics.ts';

/** `metrics.definitions`: all metrics, stocks first, then flows, then ratios, then revenue beside MRR, then what needs costs, then service. */
export const DEFINITIONS: readonly MetricDefinition[] = [
  ...STOCKS,
  ...FLOWS,
  ...RATIOS,
  ...REVENUE,
  ...UNIT_ECONOMICS,
  ...QUALITY,
];
