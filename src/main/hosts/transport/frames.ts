/** The shape of what a renderer may send: text of limited length, one call, event or abort per frame. */
import { z } from 'zod';
import { AppError } from '../../../shared/kernel/errors.ts';

/** Characters after which a frame ends the connection. The largest honest frame is a connect form of some kilobytes. */
export const MAX_FRAME_CHARS = 1_048_576;

/** oRPC's wire format: `i` names the call, `t` is 1 or absent for a call, 3 for an event of the caller, 4 to abort. */
const FrameSchema = z.object({
  i: z.string().min(1).max(64),
  t: z.union([z.literal(1), z.literal(3), z.literal(4)]).optional(),
  p: z.unknown().optional(),
});

const CallSchema = z.object({ u: z.string().startsWith('/').max(2_048) });

/**
 * Checks one frame and gives it back as the text to hand on.
 * @throws AppError `invalid_input` saying what is wrong; the connection is then closed.
 */
export function checkFrame(data: unknown): string {
  if (typeof data !== 'string') throw new AppError('invalid_input', 'A frame that is not text');
  if (data.length > MAX_FRAME_CHARS)
    throw new AppError('invalid_input', `A frame of ${data.length} characters; the most is ${MAX_FRAME_CHARS}`);
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch (cause) {
    throw new AppError('invalid_input', 'A frame that is not JSON', { cause });
  }
  const frame = FrameSchema.safeParse(json);
  if (!frame.success) throw new AppError('invalid_input', 'A frame of no known kind');
  const isCall = frame.data.t === undefined || frame.data.t === 1;
  if (isCall && !CallSchema.safeParse(frame.data.p).success)
    throw new AppError('invalid_input', 'A call without the path of a procedure');
  return data;
}
