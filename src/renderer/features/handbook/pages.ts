/** The handbook's pages by name, for the palette: loaded with its texts when it is first asked for. */

export interface PageName {
  readonly id: string;
  readonly title: string;
  /** What it answers. */
  readonly about: string;
  readonly group: string;
  /** Headings: further words under which it is found. */
  readonly words: readonly string[];
}

export async function loadPageNames(): Promise<PageName[]> {
  const { HANDBOOK } = await import('./handbook.ts');
  return HANDBOOK.pages.map(({ id, title, about, group, headings }) => ({
    id,
    title,
    about,
    group,
    words: headings.map(({ text }) => text),
  }));
}
