/** Saved views of the cockpit: which tiles stand where, and with which filters. */
import { z } from 'zod';
import { command, query } from './procedure.ts';
import { InstantSchema } from './scalars.ts';

/** A tile's width is a number of these. */
export const LAYOUT_COLUMNS = 24;

/** The highest tile has so many units of height. */
export const LAYOUT_ROWS = 40;

/** Names of tiles are the screen's: one that a version does not know is kept and not drawn. */
const TileIdSchema = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'not the name of a tile');

export const LayoutSchema = z
  .strictObject({
    /** In reading order. */
    tiles: z
      .array(
        z.strictObject({
          tile: TileIdSchema,
          columns: z.number().int().min(1).max(LAYOUT_COLUMNS),
          /** Units of height; without them the tile is as high as it usually is. */
          rows: z.number().int().min(1).max(LAYOUT_ROWS).optional(),
        }),
      )
      .max(60),
    /** Taken away on purpose. What is in neither list is newer than the arrangement. */
    hidden: z.array(TileIdSchema).max(60),
  })
  .refine(({ tiles, hidden }) => {
    const named = [...tiles.map(({ tile }) => tile), ...hidden];
    return new Set(named).size === named.length;
  }, 'names a tile twice');
export type Layout = z.infer<typeof LayoutSchema>;

/** The address's parameters that belong to a view, as they stand in it; the screen drops what it does not know. */
export const ViewFiltersSchema = z.record(z.string().regex(/^[A-Za-z]{1,40}$/), z.string().max(2_000));

const ViewNameSchema = z.string().trim().min(1, 'a view needs a name').max(60);

export const ViewSchema = z.object({
  viewId: z.number().int(),
  name: z.string(),
  /** Null: as the program arranges it. */
  layout: LayoutSchema.nullable(),
  filters: ViewFiltersSchema,
  /** The one that the cockpit opens with. */
  opens: z.boolean(),
  createdAt: InstantSchema,
});
export type View = z.infer<typeof ViewSchema>;

const One = z.object({ viewId: z.number().int() });

export const views = {
  /** In their order; there is at least one. */
  list: query.output(z.array(ViewSchema)),
  /** Saves a new one, or changes what is given of one there is. Names differ in more than case. */
  save: command
    .input(
      z.object({
        viewId: z.number().int().optional(),
        name: ViewNameSchema.optional(),
        layout: LayoutSchema.nullable().optional(),
        filters: ViewFiltersSchema.optional(),
      }),
    )
    .output(ViewSchema),
  /** Lets the cockpit open with this one. */
  open: command.input(One).output(ViewSchema),
  /** Puts one before another, or at the end, and answers with all in their order. */
  move: command.input(One.extend({ before: z.number().int().nullable() })).output(z.array(ViewSchema)),
  /** Takes one away; `restore` brings it back. The last one stays. */
  remove: command.input(One).output(ViewSchema),
  restore: command.input(One).output(ViewSchema),
};
