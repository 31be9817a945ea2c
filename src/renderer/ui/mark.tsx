/** The product's sign: a dial with its needle in the climb. */
import type { ReactNode } from 'react';

export function Mark({ size = 24 }: { size?: number }): ReactNode {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="7" className="fill-accent" />
      <path
        d="M25 23.5a11 11 0 1 0-18 0"
        fill="none"
        className="stroke-on-accent"
        strokeOpacity="0.6"
        strokeWidth="2.4"
        strokeLinecap="round"
      />
      <path d="M16 18 22.4 9.6" className="stroke-on-accent" strokeWidth="2.8" strokeLinecap="round" />
      <circle cx="16" cy="18" r="2.6" className="fill-on-accent" />
    </svg>
  );
}
