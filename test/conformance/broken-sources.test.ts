/** The suite itself: a sound source passes every check, and each planted fault is found by the check that is there for it. */
import { describe, expect, it } from 'vitest';
import { CHECKS } from './checks.ts';
import { notebookFixture, type Fault } from './notebook.ts';

const FOUND_BY: Readonly<Record<Fault, string>> = {
  'swallows refusals': 'never takes a 403 for an empty answer',
  'loses a page': 'stores as many objects as the vendor holds',
  'moves the cursor before storing': 'goes on where it was killed between two pages',
  'gives up at the first 429': 'is patient after a bare 429',
  'stores when it was read': 'writes nothing the second time',
  'repeats the key': 'repeats no secret, whatever the vendor says of it',
  'asks an undeclared host': 'asks nobody but the hosts it declares, and only to read',
  'trusts its own clock': 'loses nothing under a clock that is two days ahead',
  'never asks what is gone': 'hears that an object is gone',
  'takes nonsense for nothing': 'takes a web page in place of an answer for no answer, and goes on when there is one',
  'drops what does not fit': 'puts a record that does not fit into quarantine, with its reason, and stores the rest',
  'hides that it was cancelled': 'stops when it is cancelled, says so, and goes on afterwards',
  'forgets its place': 'keeps its cursors when a run brings nothing',
  'shows the key in the form': 'shows a form whose secrets are marked as secrets',
};

describe('a sound source', () => {
  it.each(CHECKS)('$name', async ({ run }) => await run(notebookFixture(null)));
});

describe('a source that', () => {
  it.each(Object.entries(FOUND_BY))('%s is found', async (fault, name) => {
    const check = CHECKS.find((known) => known.name === name);
    if (!check) throw new Error(`There is no check “${name}”`);
    const broken = notebookFixture(fault as Fault);
    await expect(check.run(broken)).rejects.toThrow();
  });
});
