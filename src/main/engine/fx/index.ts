/**
 * Exchange rates.
 * Answers: what is an amount of one currency worth in another on a given day?
 * Rates are exact fractions; a day takes the last quote before it, at most
 * seven days old; a rate that is not known is null, never 1.
 * Never: fetches rates (a source does), or decides what is to be converted.
 */
export { convert, crossRate, PAR, rateNumber, rateText, type Rate } from './rate.ts';
export { RATE_TOLERANCE, rateDifferences } from './rate-differences.ts';
export { rateBook, rateBookFrom, type RateBook } from './rate-book.ts';
