/**
 * `npm run bench [name…]`: every bench/*.bench.ts in turn, each with its peers
 * in the same run. Prints tables; nothing here passes or fails.
 */
import { readdirSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

interface Benchmark {
  run(report: (line: string) => void): Promise<void>;
}

const wanted = process.argv.slice(2);
const report = (line: string): void => console.log(line);

report(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${process.platform} ${process.arch}\n`,
);
for (const file of readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.bench.ts'))
  .sort()) {
  const name = file.replace('.bench.ts', '');
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  report(`## ${name}`);
  const benchmark = (await import(`./${file}`)) as Benchmark;
  await benchmark.run(report);
  report('');
}
