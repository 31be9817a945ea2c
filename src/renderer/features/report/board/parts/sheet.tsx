/** A section of the pack, on a page of its own, and the parts inside it. Headings become the PDF's bookmarks. */
import type { ReactNode } from 'react';

export function Sheet({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section className="board-sheet">
      <h2 className="border-b border-line-strong pb-1.5 text-xl font-semibold tracking-tight">{title}</h2>
      {children}
    </section>
  );
}

export interface PartProps {
  title: string;
  /** What is shown, and over which period. */
  note?: ReactNode;
  children: ReactNode;
}

/** A part that is not broken across pages. */
export function Part({ title, note, children }: PartProps): ReactNode {
  return (
    <div className="board-part">
      <h3 className="text-base font-semibold">{title}</h3>
      {note !== undefined && <p className="mb-2 text-xs text-muted">{note}</p>}
      {children}
    </div>
  );
}
