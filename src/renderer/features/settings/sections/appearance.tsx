/** Light, contrast, size and motion: of every window, at once. */
import type { ReactNode } from 'react';
import { Tile } from '../../../ui/tile.tsx';
import { SettingChoice } from '../parts/setting-choice.tsx';
import type { SectionProps } from './section.ts';

export function AppearanceSection({ workspace }: SectionProps): ReactNode {
  return (
    <Tile title="Appearance">
      <div className="flex flex-col divide-y divide-line">
        <SettingChoice
          name="theme"
          workspace={workspace}
          inSight
          options={[
            { value: 'system', label: 'As the system' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
          read={(theme) => (theme === 'light' || theme === 'dark' ? theme : 'system')}
        />
        <SettingChoice
          name="contrast"
          workspace={workspace}
          inSight
          options={[
            { value: 'system', label: 'As the system' },
            { value: 'more', label: 'More' },
          ]}
          read={(contrast) => (contrast === 'more' ? 'more' : 'system')}
          hint="More: text at 7:1 and stronger lines."
        />
        <SettingChoice
          name="textSize"
          workspace={workspace}
          inSight
          options={[
            { value: 'normal', label: 'Normal' },
            { value: 'large', label: 'Large' },
            { value: 'larger', label: 'Larger' },
          ]}
          read={(size) => (size === 'large' || size === 'larger' ? size : 'normal')}
        />
        <SettingChoice
          name="density"
          workspace={workspace}
          inSight
          options={[
            { value: 'comfortable', label: 'Comfortable' },
            { value: 'compact', label: 'Compact' },
          ]}
          read={(density) => (density === 'compact' ? 'compact' : 'comfortable')}
          hint="Compact brings rows and tiles closer together."
        />
        <SettingChoice
          name="motion"
          workspace={workspace}
          inSight
          options={[
            { value: 'system', label: 'As the system' },
            { value: 'reduced', label: 'None' },
          ]}
          read={(motion) => (motion === 'reduced' ? 'reduced' : 'system')}
        />
      </div>
    </Tile>
  );
}
