/**
 * Figures in the engine's sentences: alerts, digests, reports, notes of why. The words are English, the figures those
 * of the company's locale, in the forms of shared/formats. Whoever makes sentences does so inside `inLocale`.
 */
export {
  allOf,
  counted,
  countText,
  durationText,
  eitherOf,
  lengthText,
  listed,
  moneyText,
  percentText,
  rateText,
  shareText,
  signedMoney,
} from './figures.ts';
export {
  clockText,
  datedWeekdayText,
  dayText,
  fullDayText,
  momentText,
  monthText,
  spanText,
  tenureText,
  weekdayText,
} from './days.ts';
export { inLocale, sentenceLocale, systemLocale } from './locale.ts';
