/** In-app targets of alerts and notifications, as the engine writes them. */

/**
 * The path of an in-app target, or null for anything that is not one: only a
 * path of this app may be opened by what a record says.
 * @example inAppTarget('/customers/12') // '/customers/12'
 * @example inAppTarget('//evil.example') // null
 */
export function inAppTarget(target: string): string | null {
  if (!target.startsWith('/') || target.startsWith('//') || target.includes('\\')) return null;
  return target;
}
