import { conform } from './conform.ts';

conform('pipedrive');
