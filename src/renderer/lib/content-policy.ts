/**
 * Runs before any other module: the content policy forbids code made from
 * text, and zod would try it once to find out, which the browser reports as a
 * violation (https://zod.dev/api, `jitless`). Set by its global name, because
 * importing zod here could bring schemas along that are made too early.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
