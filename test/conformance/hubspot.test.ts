import { conform } from './conform.ts';

conform('hubspot');
