/** Paper sizes and the width of what is drawn on them. */
export type Paper = 'A4' | 'Letter';

/** CSS pixels between the margins (0.6 in left and right). */
export const CONTENT_WIDTH: Record<Paper, number> = { A4: 678, Letter: 700 };
