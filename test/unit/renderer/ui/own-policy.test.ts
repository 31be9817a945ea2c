import { expect, test } from 'vitest';
import { ownFromAddress, ownOf, textsOf, textsOfOwn } from '../../../../src/renderer/ui/policy/own-policy.ts';

test('only what differs from the base is a switch of its own', () => {
  expect(ownOf('stripe', textsOf('stripe'))).toEqual({ kind: 'policy', policy: { base: 'stripe' } });
  const texts = { ...textsOf('vario'), week: '4.33', metered: 'true', pastDueDays: '30', netting: 'none' };
  expect(ownOf('vario', texts)).toEqual({
    kind: 'policy',
    policy: { base: 'vario', week: '4.33', metered: true, pastDueDays: 30, netting: 'none' },
  });
});

test('what is wrong is said by switch', () => {
  const parsed = ownOf('vario', { ...textsOf('vario'), week: 'seven', pastDueDays: 'sometimes' });
  expect(parsed).toMatchObject({ kind: 'wrong' });
  expect(parsed.kind === 'wrong' && [...parsed.errors.keys()]).toEqual(['week', 'pastDueDays']);
});

test('an own policy goes into the form and comes out the same', () => {
  const own = { base: 'chartmogul', day: '30', reactivationGapDays: 90, pause: 'zero' } as const;
  expect(ownOf(own.base, textsOfOwn(own))).toEqual({ kind: 'policy', policy: own });
});

test('an address holds an own policy or none', () => {
  expect(ownFromAddress('{"base":"vario","week":"4"}')).toEqual({ base: 'vario', week: '4' });
  for (const text of [undefined, 'no JSON', '{"base":"nobody"}', '[]', '{"base":"vario","weeks":4}'])
    expect(ownFromAddress(text)).toBeNull();
});
