/** Between two of which no line ends (word joiner). */
const JOINER = '\u2060';

/**
 * A sentence whose amounts stay in one line: without it a line may end between a sign and its currency. For what is
 * drawn, not for what is copied or kept.
 * @example unbroken('left −$70') // 'left −⁠$70', in which nothing breaks after the minus
 */
export function unbroken(sentence: string): string {
  return sentence.replaceAll(/([+−])(?=\p{Sc})/gu, `$1${JOINER}`);
}
