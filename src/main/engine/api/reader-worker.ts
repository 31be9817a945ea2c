/** The entry file of the reader's thread. */
import { runReaderWorker } from '../store/index.ts';
import { queries } from './queries.ts';

runReaderWorker(queries);
