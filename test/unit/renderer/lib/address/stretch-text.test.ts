import { expect, test } from 'vitest';
import { EvidenceSearchSchema, stretchOf } from '../../../../../src/renderer/lib/address/index.ts';

test('a stretch is said by days, or by whole months', () => {
  expect(stretchOf('2026-01-15..2026-03-01')).toEqual({ from: '2026-01-15', to: '2026-03-01', wholeMonths: false });
  expect(stretchOf('2026-01..2026-02')).toEqual({ from: '2026-01-01', to: '2026-02-28', wholeMonths: true });
});

test.each([
  '2026-02-30..2026-03-01',
  '2026-03..2026-02',
  '2026-01..2026-03-01',
  '2026-01',
  '..',
  '2026-01..2026-02..2026-03',
  '24',
])('%s is none', (text) => {
  expect(stretchOf(text)).toBeNull();
});

test('the address takes the usual periods and stretches, nothing else', () => {
  expect(EvidenceSearchSchema.parse({ period: '24' })).toEqual({ period: '24' });
  expect(EvidenceSearchSchema.parse({ period: '2026-01..2026-02' })).toEqual({ period: '2026-01..2026-02' });
  expect(EvidenceSearchSchema.parse({ period: '2026-02..2026-01' })).toEqual({});
});
