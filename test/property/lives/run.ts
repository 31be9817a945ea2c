/** Lives in a process of their own, over sources that planted-faults.test.ts has bundled: `node run.js LIVES SEED`. */
import { expectLives } from './check.ts';

const [lives = '', seed = ''] = process.argv.slice(2);
try {
  expectLives({ lives: Number(lives), perCompany: 60, seed: Number(seed), makesSmall: false });
} catch (error) {
  // A company of sixty is more text than a pipe takes at once: of each cause only its beginning.
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    process.stderr.write(`${cause.name}: ${cause.message.slice(0, 1_000)}\n`);
  process.exitCode = 1;
}
