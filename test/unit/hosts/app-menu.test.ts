import { describe, expect, it } from 'vitest';
import { OTHER_ACTIONS, ROOM_ACTIONS } from '../../../src/shared/contract/actions.ts';
import { acceleratorOf, menuTemplate, type MenuEntry } from '../../../src/main/hosts/desktop/app-menu.ts';

function template(options: { isMac?: boolean; isPackaged?: boolean } = {}) {
  const ran: string[] = [];
  const menu = menuTemplate({
    isMac: options.isMac ?? false,
    isPackaged: options.isPackaged ?? true,
    open: (path) => ran.push(path),
    run: { sync: () => ran.push('sync'), lock: () => ran.push('lock') },
    system: [],
  });
  const entries = menu.flatMap((entry) => entry.submenu ?? [entry]);
  return { menu, entries, ran };
}

const submenu = (menu: readonly MenuEntry[], label: string) =>
  menu.find((entry) => entry.label === label)?.submenu ?? [];

describe('the menu of the desktop app', () => {
  it('has an entry for every room, with the label and the keys of the list', () => {
    const { menu, ran } = template();
    const go = submenu(menu, 'Go');
    expect(go.map(({ label, accelerator }) => [label, accelerator ?? null])).toEqual(
      ROOM_ACTIONS.map(({ label, desktopKeys }) => [label, acceleratorOf(desktopKeys)]),
    );
    for (const entry of go) entry.click?.({ checked: false });
    expect(ran).toEqual(ROOM_ACTIONS.map(({ path }) => path));
  });

  it('names what it runs as the palette does', () => {
    const { menu } = template();
    const labels = new Map(OTHER_ACTIONS.map(({ id, label }) => [id, label]));
    expect(submenu(menu, 'Data').slice(0, 2)).toMatchObject([
      { label: labels.get('sync') },
      { label: labels.get('lock'), accelerator: 'CmdOrCtrl+Shift+L' },
    ]);
  });

  it('gives no accelerator twice', () => {
    const accelerators = template().entries.flatMap(({ accelerator }) => accelerator ?? []);
    expect(accelerators.length).toBeGreaterThan(9);
    expect(new Set(accelerators).size).toBe(accelerators.length);
  });

  it('takes no single key and no sequence away from the page', () => {
    expect(acceleratorOf('g c')).toBeNull();
    expect(acceleratorOf('shift+s')).toBeNull();
    expect(acceleratorOf('?')).toBeNull();
    expect(acceleratorOf('mod+,')).toBe('CmdOrCtrl+,');
  });

  it('leads to the developer tools in development only', () => {
    const asks = (isPackaged: boolean) =>
      template({ isPackaged }).entries.some(({ role }) => role === 'toggleDevTools');
    expect(asks(false)).toBe(true);
    expect(asks(true)).toBe(false);
    // Electron's own view menu would bring them back.
    expect(JSON.stringify(template().menu)).not.toContain('viewMenu');
  });
});
