import { isContractProcedure } from '@orpc/contract';
import { describe, expect, it } from 'vitest';
import { contract } from '../../../../src/shared/contract/index.ts';
import { CurrencySchema, DaySchema, TimeZoneSchema } from '../../../../src/shared/contract/scalars.ts';
import { ERROR_CODES } from '../../../../src/shared/kernel/errors.ts';

const procedures = Object.entries(contract).flatMap(([namespace, calls]) =>
  Object.entries(calls).map(([name, procedure]) => ({ name: `${namespace}.${name}`, procedure })),
);

describe('the contract', () => {
  it.each(procedures)('$name fails only in ways of the closed list, and says what it is', ({ procedure }) => {
    if (!isContractProcedure(procedure)) throw new Error('not a procedure');
    const definition = procedure['~orpc'];
    expect(Object.keys(definition.errorMap).sort()).toEqual([...ERROR_CODES].sort());
    expect(['query', 'command', 'stream']).toContain(definition.meta['kind']);
    expect(definition.outputSchema).toBeDefined();
  });

  it('answers nothing but session calls while locked', () => {
    const open = procedures.filter(
      ({ procedure }) => isContractProcedure(procedure) && procedure['~orpc'].meta['whileLocked'],
    );
    expect(open.length).toBeGreaterThan(0);
    expect(open.every(({ name }) => name.startsWith('session.'))).toBe(true);
  });
});

describe('the edge', () => {
  it.each([
    [DaySchema, '2026-02-30', /not a day/],
    [CurrencySchema, 'XXZ', /not a currency/],
    [TimeZoneSchema, 'Moon/Base', /not a time zone/],
  ])('explains what is wrong with %#', (schema, text, sentence) => {
    const { success, error } = schema.safeParse(text);
    expect([success, error?.issues[0]?.message]).toEqual([false, expect.stringMatching(sentence)]);
  });

  it('brings a currency into capitals', () => {
    expect(CurrencySchema.parse('eur')).toBe('EUR');
  });
});
