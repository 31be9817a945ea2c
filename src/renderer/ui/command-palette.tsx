/** Everything the user can do, by name. It is fed by the app's list of actions and knows none itself. */
import { Command } from 'cmdk';
import { Search, type LucideIcon } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { ModalSurface } from './dialog.tsx';
import { Kbd } from './kbd.tsx';

export interface PaletteAction {
  readonly id: string;
  readonly label: string;
  /** Heading under which it stands: «Go to», «Create». */
  readonly group: string;
  /** Other words by which it is found. */
  readonly keywords?: readonly string[];
  readonly shortcut?: string;
  readonly icon?: LucideIcon;
  /** A second, quieter text: the customer's plan, the page. */
  readonly detail?: string;
  readonly run: () => void;
}

export interface CommandPaletteProps {
  open: boolean;
  onClose: () => void;
  /** In their order, best first; the caller finds them. */
  actions: readonly PaletteAction[];
  /** What was typed. */
  search: string;
  onSearch: (search: string) => void;
  /** Results are still coming. */
  searching?: boolean;
  /** The id of the action that Enter runs once it is there: the best of results that came after the typing. */
  preferred?: string | null;
}

export function CommandPalette(props: CommandPaletteProps): ReactNode {
  const { open, onClose, actions, search, onSearch, searching = false, preferred = null } = props;
  const groups = useMemo(() => Map.groupBy(actions, (action) => action.group), [actions]);
  const [selected, setSelected] = useState('');
  const [wanted, setWanted] = useState<string | null>(null);
  if (preferred !== wanted) {
    setWanted(preferred);
    const action = actions.find(({ id }) => id === preferred);
    if (action !== undefined) setSelected(valueOf(action));
  }
  const choose = (action: PaletteAction): void => {
    // Closed first, so that the focus is back before the action may move it.
    onClose();
    action.run();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    // The list marks none for a moment when results go and come in the same turn as the letters: Enter is not lost then.
    if (event.currentTarget.querySelector('[role=option][aria-selected=true]') !== null) return;
    const meant =
      actions.find(({ id }) => id === preferred) ?? actions.find((action) => valueOf(action) === selected) ?? null;
    const action = meant ?? (searching ? undefined : actions[0]);
    if (action === undefined) return;
    event.preventDefault();
    choose(action);
  };
  return (
    <ModalSurface
      open={open}
      onClose={onClose}
      label="Command palette"
      className="rise mx-auto mt-[12dvh] mb-auto w-[min(36rem,calc(100vw-2rem))] overflow-hidden rounded-xl"
    >
      <Command
        label="Command palette"
        loop
        shouldFilter={false}
        onKeyDown={onKeyDown}
        value={selected}
        onValueChange={setSelected}
        className="flex min-h-0 flex-col"
      >
        <div className="flex items-center gap-2 border-b border-line px-4">
          <Search size={15} aria-hidden className="text-subtle" />
          <SearchInput search={search} onSearch={onSearch} />
          <Kbd keys="escape" />
        </div>
        <Command.List className="max-h-[50dvh] overflow-y-auto p-1.5">
          <Command.Empty className="px-3 py-6 text-center text-muted">
            {searching ? 'Searching…' : `Nothing matches “${search}”.`}
          </Command.Empty>
          {[...groups].map(([group, members]) => (
            <Command.Group
              key={group}
              heading={group}
              className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-subtle"
            >
              {members.map((action) => (
                <PaletteItem key={action.id} action={action} onChoose={choose} />
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </ModalSurface>
  );
}

/** Takes the focus once the dialog around it is open. */
function SearchInput({ search, onSearch }: Pick<CommandPaletteProps, 'search' | 'onSearch'>): ReactNode {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => ref.current?.focus(), []);
  return (
    <Command.Input
      ref={ref}
      value={search}
      onValueChange={onSearch}
      placeholder="Search everything"
      className="h-11 flex-1 bg-transparent text-base outline-none"
    />
  );
}

/** What the list knows an action by; the label alone may stand twice. */
function valueOf(action: PaletteAction): string {
  return `${action.label} ${action.id}`;
}

function PaletteItem(props: { action: PaletteAction; onChoose: (action: PaletteAction) => void }): ReactNode {
  const { action, onChoose } = props;
  const Icon = action.icon;
  return (
    <Command.Item
      value={valueOf(action)}
      onSelect={() => onChoose(action)}
      className="flex h-9 items-center gap-2.5 rounded-md px-2.5 data-[selected=true]:bg-hover"
    >
      {Icon !== undefined && <Icon size={15} aria-hidden strokeWidth={1.75} className="shrink-0 text-subtle" />}
      <span className="truncate">{action.label}</span>
      {action.detail !== undefined && <span className="truncate text-subtle">{action.detail}</span>}
      <span className="ml-auto" />
      {action.shortcut !== undefined && <Kbd keys={action.shortcut} />}
    </Command.Item>
  );
}
