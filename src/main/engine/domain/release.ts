/** Something that the company released, as a list of releases tells it. */
import type { PlainDay } from '../../../shared/kernel/day.ts';

export interface Release {
  readonly id: string;
  readonly releasedOn: PlainDay;
  readonly title: string;
  /** Where it is described; https, or null. */
  readonly link: string | null;
}
