/**
 * Imported before anything else: the content policy forbids code made from
 * text, and zod would try it once to find out (https://zod.dev/api, `jitless`).
 */
import { z } from 'zod';

z.config({ jitless: true });
