import { conform } from './conform.ts';

conform('salesforce');
