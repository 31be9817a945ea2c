import { rendererDir } from '../../../src/main/hosts/installation.ts';

/** The tests look at what is shipped, so it has to be built before. */
export default function requireBuild(): void {
  if (rendererDir() === null) throw new Error('The renderer is not built. Run npm run build first.');
}
