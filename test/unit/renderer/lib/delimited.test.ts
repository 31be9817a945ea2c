import { describe, expect, it } from 'vitest';
import { toCsv, toTabbed } from '../../../../src/renderer/lib/delimited.ts';

describe('tables as text', () => {
  it('quotes what CSV needs quoted and ends lines as RFC 4180 says', () => {
    expect(
      toCsv(
        ['Name', 'Note'],
        [
          ['Acme, Ltd', 'say "hi"'],
          ['B\nC', null],
        ],
      ),
    ).toBe('\uFEFFName,Note\r\n"Acme, Ltd","say ""hi"""\r\n"B\nC",\r\n');
  });

  it.each(['=1+1', '+1-800', '-x', '@SUM(A1)', '\tx'])('disarms the formula %j', (cell) => {
    expect(toCsv(['h'], [[cell]])).toContain(`'${cell}`);
  });

  it('leaves negative numbers alone', () => {
    expect(toCsv(['h'], [[-5], ['-12.05']])).toBe('\uFEFFh\r\n-5\r\n-12.05\r\n');
  });

  it('takes tabs and line ends out of clipboard cells', () => {
    expect(toTabbed(['a', 'b'], [['x\ty', 1]])).toBe('a\tb\nx y\t1');
  });
});
