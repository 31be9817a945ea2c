/** The read-only calls on files. */
import { AppError } from '../../../shared/kernel/errors.ts';
import type { QueryTable } from './call-types.ts';

type FileQueries = Pick<QueryTable, Extract<keyof QueryTable, `files.${string}`>>;

function unavailable(): never {
  throw new AppError('unavailable', 'Files cannot be imported yet');
}

export const fileQueries: FileQueries = {
  'files.kinds': () => [],
  'files.upload': unavailable,
  'files.uploads': () => [],
  'files.preview': unavailable,
  'files.imports': () => ({ rows: [], cursor: null }),
  'files.rejected': () => ({ total: 0, rows: [], cursor: null }),
  'files.mappings': () => [],
  'files.records': () => ({ fields: [], total: 0, rows: [], cursor: null }),
};
