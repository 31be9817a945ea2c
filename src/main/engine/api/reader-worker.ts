/** The entry file of the reader's thread. */
import { runReaderWorker } from '../store/reader/worker.ts';

runReaderWorker({});
