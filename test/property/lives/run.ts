/** Lives in a process of their own, over sources that planted-faults.test.ts has bundled: `node run.js LIVES SEED`. */
import { expectLives } from './check.ts';

const [lives = '', seed = ''] = process.argv.slice(2);
expectLives({ lives: Number(lives), perCompany: 60, seed: Number(seed), makesSmall: false });
