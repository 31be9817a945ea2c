/** The command line of this process: its arguments, signals, streams and exit code. */
import { runCommandLine } from './program.ts';

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    // The second Ctrl-C does not wait for an orderly end; the database survives that too.
    if (stopping.signal.aborted) process.exit(130);
    stopping.abort();
  });

// `vario movements | head`: who read the output has had enough of it.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    stopping.abort();
  });

process.exitCode = await runCommandLine(process.argv.slice(2), {
  env: process.env,
  stop: stopping.signal,
  streams: {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isScreen: process.stderr.isTTY,
  },
  onEnter(listener) {
    if (!process.stdin.isTTY) return () => undefined;
    process.stdin.on('data', listener).resume();
    return () => process.stdin.off('data', listener).pause();
  },
});
