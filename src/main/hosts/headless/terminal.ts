/** What a command says: results on stdout, everything else on stderr; with `--json` exactly one document on stdout. */
import type { Job } from '../../../shared/contract/jobs.ts';
import { countText } from '../figure-text.ts';

export interface TerminalStreams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether stderr is a screen on which a line can be rewritten. */
  readonly isScreen: boolean;
}

export interface Terminal {
  readonly json: boolean;
  /** The command's result: `document` with `--json`, else the text. */
  result(document: unknown, text: string): void;
  /** A line about what is going on; left out with `--quiet`. */
  note(line: string): void;
  /** Progress of a job: one line, rewritten on a screen, else a line per step. */
  progress(job: Job): void;
  /** Ends the line of progress. */
  progressDone(): void;
  failure(code: string, message: string): void;
}

export function createTerminal(
  streams: TerminalStreams,
  options: { readonly json: boolean; readonly quiet: boolean },
): Terminal {
  let open = false;
  let lastStep = '';
  const endLine = () => {
    if (open) streams.err('\r\u001b[K');
    open = false;
  };
  return {
    json: options.json,
    result(document, text) {
      endLine();
      streams.out(options.json ? `${JSON.stringify(document, null, 2)}\n` : `${text.trimEnd()}\n`);
    },
    note(line) {
      endLine();
      if (!options.quiet) streams.err(`${line}\n`);
    },
    progress(job) {
      if (options.quiet || job.state !== 'running') return;
      const step = job.step ?? job.title;
      const count =
        job.done === null ? '' : ` ${countText(job.done)}${job.total === null ? '' : ` of ${countText(job.total)}`}`;
      if (streams.isScreen) {
        streams.err(`\r\u001b[K  ${step}${count}`);
        open = true;
      } else if (step !== lastStep) streams.err(`  ${step}\n`);
      lastStep = step;
    },
    progressDone: endLine,
    failure(code, message) {
      endLine();
      streams.err(`${message}\n`);
      if (options.json) streams.out(failureDocument(code, message));
    },
  };
}

/** What `--json` says of a command that failed. */
export function failureDocument(code: string, message: string): string {
  return `${JSON.stringify({ error: { code, message } }, null, 2)}\n`;
}
