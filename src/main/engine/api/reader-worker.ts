/** The entry file of the threads: those that answer queries, and those that prepare rows of the ledger. */
import { runReaderWorker } from '../store/index.ts';
import { derivations } from './derivations.ts';
import { preparations } from './preparations.ts';
import { queries } from './queries.ts';
import { wordedQueries } from './worded.ts';

runReaderWorker(wordedQueries(queries), derivations, preparations);
