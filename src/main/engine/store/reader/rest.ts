/** What a pool of threads does while nobody asks: once after each spell of questions, step by step, until somebody asks again. */

/** When and how threads prepare for the next questions. */
export interface Preparing {
  /** Nobody has asked for so long. */
  readonly afterMs: number;
  /** Asked before each step: whether there is room in memory for what was not held before. */
  readonly hasRoom: () => boolean;
}

export interface Rest {
  /** Somebody asks: what is prepared ends with its step, and begins again in the next pause. */
  asked(): void;
  /** Nothing is asked any more. */
  rested(): void;
  end(): void;
}

/**
 * @param steps prepares on one thread after the other, and says whether it came to an end: not where its signal fired
 * or a thread was asked meanwhile. It tells of failures itself.
 */
export function restAfterQuestions(afterMs: number, steps: (signal: AbortSignal) => Promise<boolean>): Rest {
  let isOwed = false;
  let timer: NodeJS.Timeout | null = null;
  let running: AbortController | null = null;
  const stop = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    running?.abort();
  };
  const arm = () => {
    if (!isOwed || timer || running) return;
    // Nothing waits for it, the end of the program least of all.
    timer = setTimeout(() => void begin(), afterMs).unref();
  };
  const begin = async () => {
    timer = null;
    const controller = (running = new AbortController());
    const isDone = await steps(controller.signal);
    running = null;
    if (isDone) isOwed = false;
    else if (controller.signal.aborted) arm();
  };
  return {
    asked() {
      isOwed = true;
      stop();
    },
    rested: arm,
    end() {
      isOwed = false;
      stop();
    },
  };
}
