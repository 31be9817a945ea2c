/** Runs the command line in this process, as a shell would run it. */
import { runCommandLine } from '../../../src/main/hosts/headless/program.ts';

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly stop?: AbortSignal;
  /** Called with everything written to stdout so far. */
  readonly onOut?: (text: string) => void;
  /** Called with everything written to stderr so far. */
  readonly onErr?: (text: string) => void;
}

export async function vario(args: readonly string[], { env = {}, stop, onOut, onErr }: RunOptions = {}): Promise<Run> {
  let out = '';
  let err = '';
  const code = await runCommandLine(args, {
    env,
    stop: stop ?? new AbortController().signal,
    onEnter: () => () => undefined,
    streams: {
      out: (text) => {
        out += text;
        onOut?.(out);
      },
      err: (text) => {
        err += text;
        onErr?.(err);
      },
      isScreen: false,
    },
  });
  return { code, out, err };
}
