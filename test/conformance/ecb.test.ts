import { conform } from './conform.ts';

conform('ecb');
