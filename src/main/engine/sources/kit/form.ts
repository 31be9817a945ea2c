/** The connect screen's fields, read off a source's schemas. */
import { z } from 'zod';

export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly help: string | null;
  readonly secret: boolean;
  readonly required: boolean;
  readonly placeholder: string | null;
}

const MetaSchema = z.object({
  label: z.string(),
  help: z.string().optional(),
  placeholder: z.string().optional(),
});

/** One field per property, in the schema's order; label, help and placeholder come from `.meta()`. */
export function formFields(schema: z.ZodObject, secret: boolean): FormField[] {
  return Object.entries(schema.shape).map(([name, field]) => {
    const meta = MetaSchema.safeParse(z.globalRegistry.get(field) ?? {});
    return {
      name,
      label: meta.success ? meta.data.label : name,
      help: meta.data?.help ?? null,
      secret,
      required: !z.safeParse(field, undefined).success,
      placeholder: meta.data?.placeholder ?? null,
    };
  });
}
