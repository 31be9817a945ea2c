/** A sentence of the engine's, in which no line ends between a sign and its amount: browsers may break after «−» before «$». */
import type { ReactNode } from 'react';

const SIGNED_AMOUNT = /([+−]\p{Sc}[^\s]*)/u;

export function Sentence({ text }: { text: string }): ReactNode {
  return text.split(SIGNED_AMOUNT).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // A sentence never changes its parts: it is another one then.
      <span key={index} className="whitespace-nowrap">
        {part}
      </span>
    ),
  );
}
