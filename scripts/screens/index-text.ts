/** The page that lists all pictures: docs/screens/README.md. */
import { THEMES, type Shown } from './names.ts';

export function indexText(shown: readonly Shown[]): string {
  const lines = shown.map(({ name, address, sizes }) => {
    const links = sizes.map(({ name: size }) =>
      THEMES.map((theme) => `[${theme}](${name}-${size}-${theme}.webp)`).join(' '),
    );
    const cells = [links[0], sizes.length > 2 ? links[1] : '', links.at(-1)];
    return `| ${name} | \`${address}\` | ${cells.join(' | ')} |`;
  });
  return `# Screens

Every page of the demo company, and the views, sheets and dialogs that an address opens. Written by \`npm run screenshots\`, which reads the
pages off the router.

| page | address | 1440 × 900 | 1024 × 700 | 390 × 844 |
|---|---|---|---|---|
${lines.join('\n')}
`;
}
