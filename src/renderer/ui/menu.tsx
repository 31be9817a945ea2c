/** A menu of actions behind one button. Non-modal, so that no scroll lock has to be styled in. */
import { DropdownMenu as Primitive } from 'radix-ui';
import type { LucideIcon } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import { Kbd } from './kbd.tsx';
import { useOverlayRoot } from './overlay-root.tsx';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly run: () => void;
  readonly icon?: LucideIcon;
  readonly shortcut?: string;
  readonly disabled?: boolean;
  /** Something is lost for good. */
  readonly danger?: boolean;
  /** Present on choices: shows a mark when true. */
  readonly checked?: boolean;
}

export interface MenuProps {
  trigger: ReactNode;
  /** Groups are divided by a line. */
  groups: readonly (readonly MenuItem[])[];
  align?: 'start' | 'end';
}

const ITEM =
  'flex h-7 items-center gap-2 rounded-md px-2 outline-none select-none data-[highlighted]:bg-hover data-[disabled]:opacity-45';

export function Menu({ trigger, groups, align = 'end' }: MenuProps): ReactNode {
  const container = useOverlayRoot();
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal {...(container === undefined ? {} : { container })}>
        <Primitive.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          loop
          className="rise z-40 min-w-48 rounded-lg bg-raised p-1 text-sm text-ink shadow-floating"
        >
          {groups
            .filter((group) => group.length > 0)
            .map((group, index) => (
              <Fragment key={group[0]?.id}>
                {index > 0 && <Primitive.Separator className="my-1 h-px bg-line" />}
                {group.map((item) => (
                  <MenuEntry key={item.id} item={item} />
                ))}
              </Fragment>
            ))}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function MenuEntry({ item }: { item: MenuItem }): ReactNode {
  const Icon = item.icon;
  const body = (
    <>
      {Icon !== undefined && <Icon size={14} aria-hidden strokeWidth={1.75} className="text-subtle" />}
      <span className="min-w-0 flex-1 truncate">{item.label}</span>
      {item.checked === true && <span aria-hidden>✓</span>}
      {item.shortcut !== undefined && <Kbd keys={item.shortcut} />}
    </>
  );
  const className = classNames(ITEM, item.danger === true && 'text-loss');
  if (item.checked !== undefined)
    return (
      <Primitive.CheckboxItem
        checked={item.checked}
        disabled={item.disabled ?? false}
        onSelect={item.run}
        className={className}
      >
        {body}
      </Primitive.CheckboxItem>
    );
  return (
    <Primitive.Item disabled={item.disabled ?? false} onSelect={item.run} className={className}>
      {body}
    </Primitive.Item>
  );
}
