import { conform } from './conform.ts';

conform('posthog');
