/** Joins class names and leaves out what is false, null or undefined. @example classNames('a', false && 'b', 'c') // 'a c' */
export function classNames(...parts: readonly (string | false | null | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}
