import { conform } from './conform.ts';

conform('intercom');
