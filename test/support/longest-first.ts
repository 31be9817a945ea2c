/** Files that take minutes begin first: at the end of a run one of them would keep all other cores waiting. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Folders of `test` in the order of how long their longest file takes; all others come after them. */
const LONG = ['property', 'crash', 'golden', 'acceptance', 'security', 'contract', 'oracle'];

export class LongestFirst extends BaseSequencer {
  /** Within a folder by what earlier runs took, or by size, as Vitest does. */
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    return usual.toSorted((a, b) => rankOf(a.moduleId) - rankOf(b.moduleId));
  }
}

function rankOf(file: string): number {
  const parts = file.split(/[\\/]/);
  const folder = parts[parts.lastIndexOf('test') + 1] ?? '';
  const rank = LONG.indexOf(folder);
  return rank === -1 ? LONG.length : rank;
}
