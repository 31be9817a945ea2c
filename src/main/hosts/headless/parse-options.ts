/** Options of the command line in the kernel's types; what does not fit is wrong usage (exit code 2). */
import { InvalidArgumentError } from 'commander';
import { currencyCode, type CurrencyCode } from '../../../shared/kernel/currency.ts';
import { plainDay, plainMonth, type PlainDay, type PlainMonth } from '../../../shared/kernel/day.ts';
import { isAppError } from '../../../shared/kernel/errors.ts';

export const parseDay = asOption<PlainDay>(plainDay);
export const parseMonth = asOption<PlainMonth>(plainMonth);
export const parseCurrency = asOption<CurrencyCode>((text) => currencyCode(text.toUpperCase()));

/** A whole number between two bounds. */
export function parseWhole(from: number, to: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= from && value <= to) return value;
    throw new InvalidArgumentError(`give a whole number from ${from} to ${to}`);
  };
}

function asOption<Value>(parse: (text: string) => Value): (text: string) => Value {
  return (text) => {
    try {
      return parse(text);
    } catch (error) {
      if (isAppError(error)) throw new InvalidArgumentError(error.message);
      throw error;
    }
  };
}
