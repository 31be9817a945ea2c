/** Buttons: one primary per view, the rest secondary or ghost; danger only where something is lost for good. */
import type { LucideIcon } from 'lucide-react';
import { LoaderCircle } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import { Tooltip } from './tooltip.tsx';

export type ButtonKind = 'primary' | 'secondary' | 'ghost' | 'danger';
export type ControlSize = 'sm' | 'md' | 'lg';

const BASE =
  'inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium select-none ' +
  'transition-colors duration-100 disabled:pointer-events-none disabled:opacity-45 aria-disabled:opacity-45';

const KINDS: Record<ButtonKind, string> = {
  primary: 'bg-ink text-on-ink hover:bg-ink/88 active:bg-ink/80',
  secondary: 'border border-line-strong bg-surface text-ink shadow-raised hover:bg-hover active:bg-sunken',
  ghost:
    'text-muted hover:bg-hover hover:text-ink active:bg-sunken data-[state=open]:bg-hover data-[state=open]:text-ink',
  danger: 'border border-loss/40 bg-surface text-loss hover:bg-loss-soft active:bg-loss-soft',
};

const SIZES: Record<ControlSize, string> = {
  sm: 'h-6 px-2 text-xs',
  md: 'h-7 px-2.5 text-sm',
  lg: 'h-9 px-4 text-sm',
};

export interface ButtonProps extends ComponentProps<'button'> {
  kind?: ButtonKind;
  size?: ControlSize;
  icon?: LucideIcon;
  /** The action is under way: the label stays, a quiet mark turns, further clicks do nothing. */
  busy?: boolean;
}

export function Button(props: ButtonProps): ReactNode {
  const { kind = 'secondary', size = 'md', icon: Icon, busy = false, className, children, disabled, ...rest } = props;
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled === true || busy}
      aria-busy={busy || undefined}
      className={classNames(BASE, KINDS[kind], SIZES[size], className)}
    >
      {busy ? (
        <LoaderCircle size={14} aria-hidden className="animate-spin" />
      ) : (
        Icon !== undefined && <Icon size={14} aria-hidden strokeWidth={1.75} />
      )}
      {children}
    </button>
  );
}

const SQUARES: Record<ControlSize, string> = { sm: 'size-6', md: 'size-7', lg: 'size-9' };

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  icon: LucideIcon;
  /** Accessible name and tooltip in one. */
  label: string;
  kind?: ButtonKind;
  size?: ControlSize;
  pressed?: boolean;
  shortcut?: string;
}

/** A button with a picture only; its name appears on hover and on focus. */
export function IconButton(props: IconButtonProps): ReactNode {
  const { icon: Icon, label, kind = 'ghost', size = 'sm', pressed, shortcut, className, ...rest } = props;
  return (
    <Tooltip text={label} {...(shortcut === undefined ? {} : { shortcut })}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        {...rest}
        className={classNames(BASE, KINDS[kind], SQUARES[size], pressed === true && 'bg-hover text-ink', className)}
      >
        <Icon size={size === 'lg' ? 18 : 14} aria-hidden strokeWidth={1.75} />
      </button>
    </Tooltip>
  );
}
