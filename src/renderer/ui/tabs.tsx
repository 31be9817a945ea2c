/** Views of one subject, one at a time. Arrow keys move between them; what each holds is drawn when it is shown. */
import { Tabs as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';

export interface Tab<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** How many are inside. */
  readonly count?: number;
}

export interface TabsProps<Value extends string> {
  /** Accessible name of the row of tabs. */
  label: string;
  tabs: readonly Tab<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  /** The content of the chosen tab. */
  children: ReactNode;
}

export function Tabs<Value extends string>({ label, tabs, value, onChange, children }: TabsProps<Value>): ReactNode {
  const choose = (chosen: string): void => {
    const tab = tabs.find((candidate) => candidate.value === chosen);
    if (tab !== undefined) onChange(tab.value);
  };
  return (
    <Primitive.Root value={value} onValueChange={choose} className="flex min-w-0 flex-col">
      <Primitive.List aria-label={label} className="flex gap-4 overflow-x-auto border-b border-line px-1">
        {tabs.map((tab) => (
          <Primitive.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px flex h-8 shrink-0 items-center gap-1.5 border-b-2 border-transparent font-medium text-muted -outline-offset-2 hover:text-ink data-[state=active]:border-ink data-[state=active]:text-ink"
          >
            {tab.label}
            {tab.count !== undefined && <span className="text-xs font-normal text-subtle">{tab.count}</span>}
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      <Primitive.Content value={value} className="min-w-0 pt-4 outline-offset-2">
        {children}
      </Primitive.Content>
    </Primitive.Root>
  );
}
