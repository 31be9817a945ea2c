/** What of the handbook the address names: on every page the passage beside it, on the handbook's own the words searched for. */
import { z } from 'zod';

/** `help`: the passage that is open beside the page, `page` or `page#heading`. `setup`: the setup checklist is open. */
export const HelpSearchSchema = z.object({
  help: z.string().max(120).optional().catch(undefined),
  setup: z.literal('open').optional().catch(undefined),
});

/** `q`: the words that are searched for, and marked on the page. */
export const HandbookSearchSchema = z.object({ q: z.string().max(200).optional().catch(undefined) });
