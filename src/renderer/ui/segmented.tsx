/** One choice of a few, all in sight: ranges, views. More than five choices belong in a Select. */
import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  /** Needed where the label is a picture. */
  readonly name?: string;
}

export interface SegmentedProps<Value extends string> {
  /** Accessible name of the group. */
  label: string;
  choices: readonly Choice<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  className?: string;
}

export function Segmented<Value extends string>(props: SegmentedProps<Value>): ReactNode {
  const { label, choices, value, onChange, className } = props;
  const choose = (chosen: string): void => {
    // Radix reports '' when the pressed choice is pressed again; one is always chosen here.
    const choice = choices.find((candidate) => candidate.value === chosen);
    if (choice !== undefined) onChange(choice.value);
  };
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={choose}
      className={classNames(
        'inline-flex h-7 shrink-0 self-start items-stretch gap-px rounded-md bg-fill p-0.5',
        className,
      )}
    >
      {choices.map((choice) => (
        <ToggleGroup.Item
          key={choice.value}
          value={choice.value}
          aria-label={choice.name}
          className="inline-flex items-center gap-1 rounded-sm px-2 text-xs font-medium text-muted hover:text-ink data-[state=on]:bg-thumb data-[state=on]:text-ink data-[state=on]:shadow-raised"
        >
          {choice.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
