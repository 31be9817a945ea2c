/** Lines of a text that streams by, so that it never has to fit into memory. */
import { AppError } from '../../../../shared/kernel/errors.ts';

/** A line longer than this is no event. */
const LONGEST_LINE = 8 * 1024 * 1024;

export interface LineSplitter {
  write(chunk: Uint8Array): void;
  /** The last line need not end in a line break. */
  end(): void;
}

/** Empty lines are left out. @throws AppError `source_failed` when a line never ends. */
export function lineSplitter(onLine: (line: string) => void): LineSplitter {
  const decoder = new TextDecoder();
  let rest = '';
  const take = (text: string): void => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE)
      throw new AppError('source_failed', 'The export has a line of more than 8 MB, which is no event');
    for (const line of lines) if (line.trim() !== '') onLine(line);
  };
  return {
    write: (chunk) => take(decoder.decode(chunk, { stream: true })),
    end: () => take(`${decoder.decode()}\n`),
  };
}
