import { conform } from './conform.ts';

conform('zendesk');
