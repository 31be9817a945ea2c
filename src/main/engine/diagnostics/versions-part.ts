/** What the program consists of. */
import type { BundlePart, Versions } from '../../../shared/contract/diagnostics.ts';
import { instant } from '../../../shared/kernel/instant.ts';
import { partText } from './words.ts';

export interface BuildStamp {
  /** The commit that the build was made from; null where that is not known. */
  readonly commit: string | null;
  /** Epoch milliseconds; null in a checkout. */
  readonly builtAt: number | null;
}

/** The versions of this process; those of the database are null without one. */
export function processVersions(vario: string, { commit, builtAt }: BuildStamp): Omit<Versions, 'sqlite' | 'schema'> {
  const { electron = null, chrome = null, node } = process.versions as Readonly<Record<string, string | undefined>>;
  return {
    vario,
    commit,
    builtAt: builtAt === null ? null : instant(builtAt),
    electron,
    chromium: chrome,
    node: node ?? process.version,
    platform: `${process.platform} ${process.arch}`,
  };
}

/** The versions as a part of the bundle. */
export function versionsPart(versions: Partial<Versions>): BundlePart {
  return { name: 'versions.json', text: partText(versions) };
}
