/** A link out of the app, to a vendor's page or a definition's source. The shell asks its allow-list before it opens one. */
import { ExternalLink as Mark } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../class-names.ts';

export function ExternalLink(props: { href: string; className?: string; children: ReactNode }): ReactNode {
  const { href, className, children } = props;
  if (!href.startsWith('https://')) return <span className={className}>{children}</span>;
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer noopener"
      className={classNames(
        'inline-flex max-w-full items-center gap-1 text-accent underline-offset-2 hover:underline',
        className,
      )}
    >
      <span className="truncate">{children}</span>
      <Mark size={12} aria-hidden strokeWidth={1.75} className="shrink-0" />
      <span className="sr-only">(opens outside)</span>
    </a>
  );
}
