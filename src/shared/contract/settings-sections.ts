/**
 * The settings by section, declared once: the pages, their search, the command palette and deep links are all made
 * from this list. A setting's place is `/settings/SECTION#SETTING`.
 */
import type { Workspace } from './workspace.ts';

export interface SettingText {
  /** The anchor on its page; where it is one of the company's settings, that one's name. */
  readonly id: string;
  readonly title: string;
  /** Further words under which it is found. */
  readonly words?: string;
}

interface SectionText {
  readonly id: string;
  readonly title: string;
  /** One line of what is set there. */
  readonly summary: string;
  readonly settings: readonly SettingText[];
}

/** The sections in the order of their list. */
export const SETTINGS_SECTIONS = [
  {
    id: 'company',
    title: 'Company',
    summary: 'Who the figures are about, in which currency, and when a day and a year begin',
    settings: [
      { id: 'companyName', title: 'Company name' },
      { id: 'logo', title: 'Logo for reports', words: 'picture image brand pdf board pack' },
      { id: 'reportingCurrency', title: 'Reporting currency', words: 'money usd eur' },
      { id: 'timeZone', title: 'Time zone', words: 'day midnight utc clock' },
      { id: 'fiscalYearStartMonth', title: 'Fiscal year begins in', words: 'quarter year accounting fy' },
      { id: 'weekStartsOn', title: 'Week begins on', words: 'monday sunday calendar' },
    ],
  },
  {
    id: 'formats',
    title: 'Formats',
    summary: 'How numbers, money and days are written on screens, in files and on paper',
    settings: [
      {
        id: 'locale',
        title: 'Language of figures and days',
        words: 'locale region number format decimal separator date',
      },
      {
        id: 'exportFormat',
        title: 'Exported tables',
        words: 'csv delimiter semicolon comma decimal excel spreadsheet',
      },
      { id: 'paperSize', title: 'Paper', words: 'pdf print a4 letter board pack' },
    ],
  },
  {
    id: 'goals',
    title: 'Goals and sync',
    summary: 'The climb that the variometer asks for, and how often sources are read',
    settings: [
      { id: 'growthTarget', title: 'Growth of MRR per month', words: 'target percent' },
      { id: 'milestoneMinor', title: 'Milestone of ARR', words: 'target goal' },
      { id: 'syncEveryMinutes', title: 'Sync every', words: 'refresh interval minutes update' },
    ],
  },
  {
    id: 'notifications',
    title: 'Notifications',
    summary: 'What is told, by which way, and when it stays quiet',
    settings: [
      { id: 'rules', title: 'Alerts by rule and way', words: 'inbox notify digest channel' },
      { id: 'quietHours', title: 'Quiet hours', words: 'night do not disturb snooze' },
      { id: 'dailyDigest', title: 'Digest of the day', words: 'today morning summary daily' },
      { id: 'weeklyDigest', title: 'View of the week', words: 'weekly executive summary' },
      { id: 'testNotification', title: 'Send a test notification', words: 'try permission browser' },
    ],
  },
  {
    id: 'policies',
    title: 'Policies',
    summary: 'The rules by which revenue is counted, and what another set of rules would change',
    settings: [
      { id: 'policy', title: 'Policy of the figures', words: 'mrr rules stripe chartmogul baremetrics profitwell' },
    ],
  },
  {
    id: 'appearance',
    title: 'Appearance',
    summary: 'Light, contrast, size and motion of every window',
    settings: [
      { id: 'theme', title: 'Theme', words: 'light dark mode colour' },
      { id: 'contrast', title: 'Contrast', words: 'accessibility high' },
      { id: 'textSize', title: 'Text size', words: 'zoom larger font accessibility' },
      { id: 'density', title: 'Density', words: 'compact comfortable rows space' },
      { id: 'motion', title: 'Motion', words: 'animation reduced accessibility' },
    ],
  },
  {
    id: 'shortcuts',
    title: 'Shortcuts',
    summary: 'Keys for everything that can be done from anywhere',
    settings: [
      { id: 'singleKeys', title: 'Single-key shortcuts', words: 'keyboard speech accessibility' },
      { id: 'list', title: 'All shortcuts', words: 'keyboard keys hotkeys' },
    ],
  },
  {
    id: 'security',
    title: 'Security',
    summary: 'The ways to the key of the encrypted database, and the lock',
    settings: [
      { id: 'ways', title: 'Ways to the key', words: 'passphrase keychain recovery password encryption' },
      { id: 'autoLockMinutes', title: 'Lock after', words: 'idle timeout automatic minutes' },
      { id: 'lockNow', title: 'Lock now', words: 'sign out close' },
    ],
  },
  {
    id: 'data',
    title: 'Data',
    summary: 'Backups, where the files lie, taking everything along, and the way out',
    settings: [
      { id: 'dailyBackups', title: 'Daily backups', words: 'schedule keep days' },
      { id: 'backupFolder', title: 'Folder of the backups', words: 'drive place directory' },
      { id: 'backups', title: 'Back up and restore', words: 'copy recover' },
      { id: 'places', title: 'Where the files lie', words: 'size disk folder database path' },
      { id: 'compact', title: 'Compact the database', words: 'vacuum size shrink disk' },
      { id: 'exportAll', title: 'Export everything', words: 'csv xlsx excel zip download take out' },
      { id: 'leave', title: 'Leave the demo or erase everything', words: 'delete reset remove start over wipe' },
    ],
  },
  {
    id: 'privacy',
    title: 'Privacy',
    summary: 'Whom the program speaks with, and what it keeps of people',
    settings: [
      { id: 'contacts', title: 'Hosts that were spoken with', words: 'network audit log telemetry requests outgoing' },
      { id: 'people', title: 'Data about people', words: 'gdpr export erase right to be forgotten customer' },
    ],
  },
  {
    id: 'updates',
    title: 'Updates',
    summary: 'How a newer version comes, and who decides',
    settings: [{ id: 'updates', title: 'Updates', words: 'version upgrade new release' }],
  },
  {
    id: 'about',
    title: 'About',
    summary: 'What the program consists of, and under which licences',
    settings: [
      { id: 'versions', title: 'Versions', words: 'build commit electron node sqlite' },
      { id: 'licences', title: 'Licences', words: 'open source license packages mit' },
    ],
  },
  {
    id: 'diagnostics',
    title: 'Diagnostics',
    summary: 'What somebody needs who is to help, without a name or an amount',
    settings: [{ id: 'bundle', title: 'Diagnostics bundle', words: 'support log debug zip help report problem' }],
  },
] as const satisfies readonly SectionText[];

export type SettingsSectionId = (typeof SETTINGS_SECTIONS)[number]['id'];
/** Settings of the company that have a title in the list. */
export type TitledSetting = Extract<(typeof SETTINGS_SECTIONS)[number]['settings'][number]['id'], keyof Workspace>;

/** Every setting with its section, for whoever looks for one. */
export interface SettingPlace extends SettingText {
  readonly section: SettingsSectionId;
  readonly sectionTitle: string;
}

export const SETTING_PLACES: readonly SettingPlace[] = SETTINGS_SECTIONS.flatMap(({ id, title, settings }) =>
  settings.map((setting: SettingText): SettingPlace => ({ ...setting, section: id, sectionTitle: title })),
);

export function isSettingsSection(text: string): text is SettingsSectionId {
  return SETTINGS_SECTIONS.some(({ id }) => id === text);
}
