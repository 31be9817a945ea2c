/** Amounts as the pages write them in the tests' locale. */

/** @param minor cents; null is written as nothing. */
export function dollars(minor: number | null, digits = 0): string {
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format((minor ?? 0) / 100);
}
