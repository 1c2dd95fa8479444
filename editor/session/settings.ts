import { parseDay } from '#engine';

export const themes = ['system', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof themes)[number];

/** Sizes of the text in pixels; everything else grows with it. */
export const textSizes = [12, 13, 15, 17] as const;
export type TextSize = (typeof textSizes)[number];

/** How the author likes the workbench. Kept in the browser between visits; no part of it comes from an encounter. */
export interface Settings {
  readonly theme: Theme;
  readonly textSize: TextSize;
  /** Only policies and encounters of this payer; null: of every payer. */
  readonly payer: string | null;
  /** Only revisions in force on this date of service (YYYY-MM-DD), which new encounters also take; null: all. */
  readonly asOf: string | null;
  readonly tourSeen: boolean;
  /** Who approves and publishes here, as it stands in a release; empty: not said yet. */
  readonly who: string;
  /** The address of the playground that shared links open in; empty: not known yet. */
  readonly playground: string;
}

export const usualSettings: Settings = {
  theme: 'system',
  textSize: 13,
  payer: null,
  asOf: null,
  tourSeen: false,
  who: '',
  playground: '',
};

/** Settings as they were kept; whatever cannot be understood is as usual. */
export function readSettings(kept: string | null): Settings {
  const values = objectIn(kept);
  const { theme, textSize, payer, asOf, tourSeen, who, playground } = values;
  return {
    theme: themes.find((it) => it === theme) ?? usualSettings.theme,
    textSize: textSizes.find((it) => it === textSize) ?? usualSettings.textSize,
    payer: typeof payer === 'string' && payer !== '' ? payer : null,
    asOf: typeof asOf === 'string' && parseDay(asOf) !== null ? asOf : null,
    tourSeen: tourSeen === true,
    who: typeof who === 'string' ? who : '',
    playground: typeof playground === 'string' ? playground : '',
  };
}

function objectIn(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // Another program's, or cut short: the usual settings are better than none.
    return {};
  }
}
