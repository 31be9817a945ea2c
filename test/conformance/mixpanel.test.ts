import { conform } from './conform.ts';

conform('mixpanel');
