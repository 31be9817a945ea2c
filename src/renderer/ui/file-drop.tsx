/** Files from outside: a button that opens the system's chooser, and a surface to drop them on. */
import { FileUp } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import { Button, type ButtonKind } from './button.tsx';

/** Tables as the system's chooser is to show them. */
export const TABLE_FILES = '.csv,.tsv,.txt,.xlsx,text/csv,text/tab-separated-values,text/plain';

export interface FileButtonProps {
  /** What the button says. */
  text: string;
  /** Accessible name of the chooser. */
  label: string;
  /** As the `accept` attribute: `.csv,.xlsx`. */
  accept: string;
  kind?: ButtonKind;
  onFile: (file: File) => void;
}

export function FileButton({ text, label, accept, kind = 'secondary', onFile }: FileButtonProps): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={accept}
        aria-label={label}
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file !== undefined) onFile(file);
          // The same file may be chosen again after it was mended.
          event.target.value = '';
        }}
      />
      <Button kind={kind} icon={FileUp} onClick={() => input.current?.click()}>
        {text}
      </Button>
    </>
  );
}

export interface DropSurfaceProps {
  /** What letting go does, shown while a file is held over the surface. */
  hint: string;
  onFile: (file: File) => void;
  className?: string;
  children: ReactNode;
}

/** What is dropped here goes no further: the window's own surface leaves it alone. */
export function DropSurface({ hint, onFile, className, children }: DropSurfaceProps): ReactNode {
  const [over, setOver] = useState(false);
  return (
    <div
      className={classNames('relative', className)}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file !== undefined) onFile(file);
      }}
    >
      {children}
      {over && <DropHint text={hint} className="absolute inset-0 z-20 rounded-lg" />}
    </div>
  );
}

export function DropHint({ text, className }: { text: string; className?: string }): ReactNode {
  return (
    <div
      className={classNames(
        'pointer-events-none grid place-items-center border-2 border-dashed border-accent bg-surface/85 text-base font-medium text-ink',
        className,
      )}
    >
      {text}
    </div>
  );
}
