/** How long `vi.waitFor` waits in vain. Its usual second is too short for a busy machine; what comes sooner ends it sooner. */
export const PATIENTLY = { timeout: 60_000 } as const;
