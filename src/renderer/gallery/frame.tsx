/** One exhibit of the gallery: a name and the thing itself. */
import type { ReactNode } from 'react';

export function Room({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section id={title.toLowerCase().replaceAll(' ', '-')} className="flex flex-col gap-4">
      <h1 className="border-b border-line-strong pb-1 text-lg font-semibold">{title}</h1>
      {children}
    </section>
  );
}

export function Exhibit({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <p className="text-2xs text-subtle">{name}</p>
      {children}
    </div>
  );
}
