/**
 * A short message after an action, with its undo: by its button, or by Ctrl+Z
 * while it shows. It waits while it is pointed at or focused, is read out
 * politely, and never takes the focus.
 */
import { X } from 'lucide-react';
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import { AppError } from '../../shared/kernel/errors.ts';
import { ToneSign, type Tone } from './badge.tsx';
import { Button, IconButton } from './button.tsx';

export interface ToastMessage {
  readonly text: string;
  readonly tone?: Tone;
  /** Takes the action back. */
  readonly undo?: () => void;
}

interface ShownToast extends ToastMessage {
  readonly id: number;
}

const TOAST_MS = 6000;
/** Older ones make room: a pile of messages is read by nobody. */
const MOST_TOASTS = 3;

const ToastContext = createContext<((message: ToastMessage) => void) | null>(null);

/** Shows a toast. @throws AppError `internal` outside a UiProvider. */
export function useToast(): (message: ToastMessage) => void {
  const show = useContext(ToastContext);
  if (show === null) throw new AppError('internal', 'useToast is called outside <UiProvider>');
  return show;
}

export function ToastProvider({ children }: { children: ReactNode }): ReactNode {
  const [toasts, setToasts] = useState<readonly ShownToast[]>([]);
  const nextId = useRef(1);
  const show = useCallback((message: ToastMessage) => {
    const id = nextId.current++;
    setToasts((known) => [...known, { ...message, id }].slice(-MOST_TOASTS));
  }, []);
  const dismiss = useCallback((id: number) => setToasts((known) => known.filter((toast) => toast.id !== id)), []);
  useUndoKey(toasts, dismiss);
  const list = useMemo(
    () => toasts.map((toast) => <ToastCard key={toast.id} toast={toast} onGone={dismiss} />),
    [toasts, dismiss],
  );
  return (
    <ToastContext value={show}>
      {children}
      <output
        aria-live="polite"
        className="no-print pointer-events-none fixed right-4 bottom-4 z-50 flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2"
      >
        {list}
      </output>
    </ToastContext>
  );
}

/** Ctrl+Z (⌘Z) takes back what the latest toast tells of, unless a field or a grid takes the key for itself. */
function useUndoKey(toasts: readonly ShownToast[], onGone: (id: number) => void): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const isUndo =
      (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'z';
    if (!isUndo || event.defaultPrevented || isTyping(event.target)) return;
    const latest = toasts.findLast(({ undo }) => undo !== undefined);
    if (latest === undefined) return;
    event.preventDefault();
    latest.undo?.();
    onGone(latest.id);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKeyDown(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

/** Where the key takes back what was typed. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const field = target.closest('input, textarea, [contenteditable="true"]');
  return field !== null && !(field instanceof HTMLInputElement && ['checkbox', 'radio', 'button'].includes(field.type));
}

function ToastCard({ toast, onGone }: { toast: ShownToast; onGone: (id: number) => void }): ReactNode {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => onGone(toast.id), TOAST_MS);
    return () => clearTimeout(timer);
  }, [held, toast.id, onGone]);
  return (
    <div
      className="rise pointer-events-auto flex items-center gap-2 rounded-lg bg-raised py-2 pr-2 pl-3 text-sm text-ink shadow-floating"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <ToneSign tone={toast.tone ?? 'neutral'} size={15} />
      <span className="min-w-0 flex-1">{toast.text}</span>
      {toast.undo !== undefined && (
        <Button
          size="sm"
          aria-keyshortcuts="Control+Z Meta+Z"
          onClick={() => {
            toast.undo?.();
            onGone(toast.id);
          }}
        >
          Undo
        </Button>
      )}
      <IconButton icon={X} label="Dismiss" onClick={() => onGone(toast.id)} />
    </div>
  );
}
