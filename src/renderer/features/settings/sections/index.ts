/**
 * The bodies of the settings' sections.
 * Answers: what is shown under each address of the settings.
 * Never: asks for the settings themselves, or knows the list beside them.
 */
import type { SettingsSectionId } from '../../../../shared/contract/settings-sections.ts';
import { AboutSection } from './about.tsx';
import { AppearanceSection } from './appearance.tsx';
import { CompanySection } from './company.tsx';
import { DataSection } from './data.tsx';
import { DiagnosticsSection } from './diagnostics.tsx';
import { FormatsSection } from './formats.tsx';
import { GoalsSection } from './goals.tsx';
import { NotificationsSection } from './notifications.tsx';
import { PoliciesSection } from './policies.tsx';
import { PrivacySection } from './privacy.tsx';
import { SecuritySection } from './security.tsx';
import { ShortcutsSection } from './shortcuts.tsx';
import type { SectionBody } from './section.ts';
import { UpdatesSection } from './updates.tsx';

export const SECTION_BODIES: Readonly<Record<SettingsSectionId, SectionBody>> = {
  company: CompanySection,
  formats: FormatsSection,
  goals: GoalsSection,
  notifications: NotificationsSection,
  policies: PoliciesSection,
  appearance: AppearanceSection,
  shortcuts: ShortcutsSection,
  security: SecuritySection,
  data: DataSection,
  privacy: PrivacySection,
  updates: UpdatesSection,
  about: AboutSection,
  diagnostics: DiagnosticsSection,
};
