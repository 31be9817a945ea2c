/**
 * Checks who imports whom (scripts/layers.ts). Fails also when suspiciously few
 * modules were seen: a cruiser without a working parser sees none and is happy.
 */
import { cruise } from 'dependency-cruiser';
import { dependencyRules } from './dependency-rules.ts';

const MODULES_AT_LEAST = 80;

const { forbidden, options } = dependencyRules();
const { output } = await cruise(['src'], { ...options, ruleSet: { forbidden }, validate: true });
if (typeof output === 'string') throw new Error('The cruiser gave text where a result was asked for');
const modules = output.modules.filter(({ source }) => source.startsWith('src/')).length;
const errors = output.summary.violations.filter(({ rule }) => rule.severity === 'error');
for (const { rule, from, to } of errors) {
  const comment = forbidden.find(({ name }) => name === rule.name);
  console.error(`${from} → ${to}\n    ${rule.name}${comment && 'comment' in comment ? `: ${comment.comment}` : ''}`);
}
if (modules < MODULES_AT_LEAST) console.error(`Only ${modules} modules were seen: the parser does not work.`);
if (errors.length > 0 || modules < MODULES_AT_LEAST) process.exitCode = 1;
else console.log(`${modules} modules, no import against the layers`);
