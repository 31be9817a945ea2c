import { conform } from './conform.ts';

conform('amplitude');
