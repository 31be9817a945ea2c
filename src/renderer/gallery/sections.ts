/** What the gallery shows, by name. Each has its picture in test/visual; a section that opens something stands alone. */
import type { ComponentType } from 'react';
import { ChartStateRoom } from './chart-states.tsx';
import { ControlRoom } from './controls.tsx';
import { DigestRoom } from './digests.tsx';
import { FigureRoom } from './figures.tsx';
import { InstrumentRoom } from './instruments.tsx';
import { LineRoom } from './line-charts.tsx';
import {
  DialogScene,
  LeaveDemoScene,
  OwnPolicyScene,
  MenuScene,
  PaletteScene,
  PopoverScene,
  SetAsideScene,
  SheetScene,
  SurfaceScene,
  ToastScene,
  TooltipScene,
} from './overlays.tsx';
import { PartRoom, ShortcutScene } from './parts.tsx';
import { ShapeRoom } from './shape-charts.tsx';
import { TokenRoom } from './tokens.tsx';

export const ROOMS: Readonly<Record<string, ComponentType>> = {
  variometer: InstrumentRoom,
  lines: LineRoom,
  shapes: ShapeRoom,
  'chart-states': ChartStateRoom,
  figures: FigureRoom,
  controls: ControlRoom,
  parts: PartRoom,
  digests: DigestRoom,
  tokens: TokenRoom,
};

export const SCENES: Readonly<Record<string, ComponentType>> = {
  dialog: DialogScene,
  'leave-demo': LeaveDemoScene,
  'own-policy': OwnPolicyScene,
  sheet: SheetScene,
  surface: SurfaceScene,
  'set-aside': SetAsideScene,
  palette: PaletteScene,
  menu: MenuScene,
  popover: PopoverScene,
  tooltip: TooltipScene,
  toast: ToastScene,
  shortcuts: ShortcutScene,
};
