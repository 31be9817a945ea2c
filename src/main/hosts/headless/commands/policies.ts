import { Command } from 'commander';
import { POLICIES, POLICY_SWITCHES } from '../../../../shared/contract/policy.ts';
import { terminalOf, type Process } from '../invocation.ts';
import { textTable } from '../text-table.ts';

const CHANGES = { amounts: 'MRR', movements: 'the names of movements', rates: 'rates' };

/** `vario policies`: every switch over the rules of counting, and how the named policies set them. */
export function policiesCommand(run: Process): Command {
  return new Command('policies')
    .description('the switches over the counting rules, and the named sets of them')
    .addHelpText(
      'after',
      '\nAn own policy is a JSON file: { "base": "vario", "week": "4.345", "day": "30.437" }\n\nExamples:\n  vario policies\n  vario policies --json\n  vario metrics --policy own.json',
    )
    .action((_options: object, command: Command) => {
      terminalOf(command, run).result({ switches: POLICY_SWITCHES, policies: POLICIES }, policiesText());
    });
}

function policiesText(): string {
  const names = Object.keys(POLICIES);
  const table = textTable(
    [{ title: 'Switch' }, ...names.map((title) => ({ title }))],
    POLICY_SWITCHES.map(({ name }) => [name, ...names.map((policy) => String(POLICIES[policy]?.[name] ?? ''))]),
  );
  const switches = POLICY_SWITCHES.map(({ name, changes, meaning, values }) =>
    [
      `${name}: ${meaning} (changes ${CHANGES[changes]})`,
      ...values.map(({ value, meaning: what }) => `  ${value}: ${what}`),
    ].join('\n'),
  );
  return [table, ...switches].join('\n\n');
}
