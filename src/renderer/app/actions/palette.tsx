/** ⌘K over everything that has a name: pages, actions, customers, metrics, settings and the handbook. */
import { useState, type ReactNode } from 'react';
import { CommandPalette, type PaletteAction } from '../../ui/command-palette.tsx';
import { isNamed, rankActions } from '../../ui/rank-actions.ts';
import { ACTIONS, available, shortcutOf, type ActionContext } from './action-list.ts';
import {
  useCustomerResults,
  useHandbookResults,
  useMetricResults,
  useRecentResults,
  useSettingResults,
} from './palette-results.ts';
import { useViewResults } from './view-results.ts';

export function Palette(props: { open: boolean; onClose: () => void; context: ActionContext }): ReactNode {
  const { open, onClose, context } = props;
  const [search, setSearch] = useState('');
  const wanted = open ? search.trim() : '';
  const customers = useCustomerResults(wanted);
  const metrics = useMetricResults(open);
  const settings = useSettingResults();
  const recent = useRecentResults();
  const passages = useHandbookResults(wanted);
  const views = useViewResults(open);
  const actions = available(ACTIONS, context)
    .filter((action) => action.id !== 'palette')
    .map((action): PaletteAction => ({
      id: action.id,
      label: action.label,
      group: action.group,
      icon: action.icon,
      run: () => action.run(context),
      ...shortcutOf(action, context),
      ...(action.words === undefined ? {} : { keywords: action.words.split(' ') }),
    }));
  const ranked = rankActions([...actions, ...views, ...recent, ...metrics, ...settings], wanted);
  // An action that is called as it is typed is meant rather than a customer whose name holds the letters.
  const named = ranked[0] !== undefined && isNamed(ranked[0], wanted);
  const found = named ? [...ranked, ...customers.results] : [...customers.results, ...ranked];
  // Before anything is typed, what was open and what can be done; the rest would be a list that nobody reads.
  const shown = wanted === '' ? [...recent, ...actions] : [...found, ...passages];
  return (
    <CommandPalette
      open={open}
      onClose={() => {
        setSearch('');
        onClose();
      }}
      search={search}
      onSearch={setSearch}
      searching={customers.searching}
      preferred={named ? (ranked[0]?.id ?? null) : customers.preferred}
      actions={shown}
    />
  );
}
