/** Keeps the compiled form of the program's code between two starts: half of a start is compiling it. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import envPaths from 'env-paths';

/**
 * To be called before anything large is imported. The folder lies in the person's own cache, and holds nothing but the
 * program's code; where it cannot be written, the program starts as it would without it. Threads find it by the
 * environment. https://nodejs.org/api/module.html#module-compile-cache
 */
export function keepCompiledCode(): void {
  const { directory } = enableCompileCache(
    process.env['NODE_COMPILE_CACHE'] ?? join(envPaths('vario', { suffix: '' }).cache, 'code'),
  );
  if (directory !== undefined) process.env['NODE_COMPILE_CACHE'] = directory;
}
