import { conform } from './conform.ts';

conform('frankfurter');
