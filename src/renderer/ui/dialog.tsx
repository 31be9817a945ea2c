/**
 * Dialog (a question in the middle) and Sheet (detail from the side), both the
 * platform's own modal dialog: it traps focus, makes the rest inert, closes on
 * Escape and gives focus back, without a style element that the content policy
 * would refuse. Decision: docs/decisions/renderer-style-and-csp.md.
 */
import { X } from 'lucide-react';
import {
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type ReactNode,
  type RefObject,
} from 'react';
import { classNames } from '../lib/class-names.ts';
import { IconButton } from './button.tsx';
import { OverlayRootProvider } from './overlay-root.tsx';

export interface DialogProps {
  open: boolean;
  /** Escape, the close button, or a click beside it. The caller sets `open` to false. */
  onClose: () => void;
  title: ReactNode;
  /** What it is about, in one or two sentences. */
  description?: ReactNode;
  /** Buttons, the primary one last. */
  footer?: ReactNode;
  /** Width class; default 28 rem for a Dialog, 36 rem for a Sheet. */
  className?: string;
  children?: ReactNode;
}

export function Dialog(props: DialogProps): ReactNode {
  return <Modal {...props} place="rise m-auto max-h-[min(85dvh,48rem)] w-[min(28rem,calc(100vw-2rem))] rounded-xl" />;
}

export function Sheet(props: DialogProps): ReactNode {
  return <Modal {...props} place="slide-in ml-auto mr-0 my-0 h-dvh max-h-dvh w-[min(36rem,100vw)]" />;
}

function Modal(props: DialogProps & { place: string }): ReactNode {
  const { open, onClose, title, description, footer, place, className, children } = props;
  const titleId = useId();
  const descriptionId = useId();
  return (
    <ModalSurface
      open={open}
      onClose={onClose}
      labelledBy={titleId}
      {...(description === undefined ? {} : { describedBy: descriptionId })}
      className={classNames(place, className)}
    >
      <header className="px-5 pt-4 pr-12 pb-2">
        <h2 id={titleId} className="text-base font-semibold text-ink">
          {title}
        </h2>
        {description !== undefined && (
          <p id={descriptionId} className="mt-0.5 text-pretty text-muted">
            {description}
          </p>
        )}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-4">{children}</div>
      {footer !== undefined && (
        <footer className="flex justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>
      )}
      {/* Last, so that the first field or button of the content takes the focus. */}
      <span data-closes className="absolute top-3 right-3">
        <IconButton icon={X} label="Close" size="md" onClick={onClose} />
      </span>
    </ModalSurface>
  );
}

/**
 * A tooltip, which comes with the focus of a button, takes the first Escape for itself and leaves the platform none: the
 * surface closes with it all the same. Menus and popovers in it are closed alone.
 */
function useEscapeThroughTooltip(open: boolean, ref: RefObject<HTMLDialogElement | null>, onClose: () => void): void {
  const onEscape = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    const isTopmost = [...document.querySelectorAll('dialog:modal')].every(
      (other) => !ref.current?.contains(other) || other === ref.current,
    );
    const floating = [...document.querySelectorAll('[data-radix-popper-content-wrapper]')];
    if (!isTopmost || floating.length === 0 || floating.some((part) => part.querySelector('[role=tooltip]') === null))
      return;
    event.preventDefault();
    onClose();
  });
  useEffect(() => {
    if (!open) return;
    const listen = (event: KeyboardEvent): void => onEscape(event);
    // Before the tooltip, which listens on the document.
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [open]);
}

export interface ModalSurfaceProps {
  open: boolean;
  onClose: () => void;
  label?: string;
  labelledBy?: string;
  describedBy?: string;
  className?: string;
  children: ReactNode;
}

/** The bare modal element, for surfaces that are no dialog in looks (the command palette). */
export function ModalSurface(props: ModalSurfaceProps): ReactNode {
  const { open, onClose, label, labelledBy, describedBy, className, children } = props;
  const ref = useRef<HTMLDialogElement>(null);
  const [root, setRoot] = useState<HTMLDialogElement | null>(null);
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog === null || !open) return;
    setRoot(dialog);
    if (!dialog.open) dialog.showModal();
    // With nothing to fill in, the dialog itself keeps the focus: on the close button it would open a tooltip, which takes the first Escape.
    if (document.activeElement?.closest('[data-closes]') !== null) dialog.focus();
    // Closing, also when the caller is unmounted, is what hands the focus back.
    return () => dialog.close();
  }, [open]);
  useEscapeThroughTooltip(open, ref, onClose);
  return (
    <dialog
      ref={ref}
      tabIndex={-1}
      closedby="any"
      aria-label={label}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      // The platform asks; the caller decides by `open`, so that both never disagree.
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
      className={classNames(
        'flex-col bg-raised p-0 text-sm text-ink shadow-floating outline-none backdrop:bg-scrim open:flex',
        className,
      )}
    >
      <OverlayRootProvider value={root}>{open && children}</OverlayRootProvider>
    </dialog>
  );
}
