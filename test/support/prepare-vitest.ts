/** Once for a run of vitest, before its workers are there. */
import { keepTemporaryFilesInMemory } from './quick-place.ts';

let remove = (): void => undefined;

export function setup(): void {
  remove = keepTemporaryFilesInMemory();
}

export function teardown(): void {
  remove();
}
