/** The setting that notes which normalisers made a source's facts. */
export function normalisersSetting(sourceId: number): string {
  return `source.${sourceId}.normalisers`;
}
