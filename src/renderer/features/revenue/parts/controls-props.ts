/** What the room's controls are given: what is shown, and how to show something else. */
import type { FiltersText, RevenueSearch } from '../../../lib/address/index.ts';
import type { Choice } from '../choice.ts';

export type RevenueChange = Partial<RevenueSearch & FiltersText>;

export interface ControlsProps {
  choice: Choice;
  onChange: (part: RevenueChange, replace?: boolean) => void;
}
