/** Connecting a source by signing in at the vendor: the window opens an address and is told how it ended; it sees no token. */
import { z } from 'zod';
import { command } from './procedure.ts';
import { SourceIdSchema } from './scalars.ts';

const SignInIdSchema = z.string().min(1).max(100);

export const SignInStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('waiting') }),
  /** The source is connected, and its first sync is queued. */
  z.object({
    state: z.literal('done'),
    sourceId: SourceIdSchema,
    jobId: z.number(),
    /** Sentences about what is odd but no obstacle. */
    warnings: z.array(z.string()),
  }),
  z.object({ state: z.literal('refused'), message: z.string() }),
  z.object({ state: z.literal('timed_out'), message: z.string() }),
]);

export const signIn = {
  /** Opens a listener on the engine's machine; the address is for a browser on the same machine. */
  signIn: command
    .input(
      z.object({
        vendor: z.string(),
        name: z.string().min(1).max(100),
        config: z.record(z.string(), z.string()),
        secrets: z.record(z.string(), z.string().max(10_000)),
      }),
    )
    .output(z.object({ signInId: SignInIdSchema, address: z.url() })),
  signInState: command.input(z.object({ signInId: SignInIdSchema })).output(SignInStateSchema),
  cancelSignIn: command.input(z.object({ signInId: SignInIdSchema })).output(z.object({ done: z.literal(true) })),
};
