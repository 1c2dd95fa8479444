import { placeOf } from '../base/source.ts';
import type { Place, Source } from '../base/source.ts';
import type { Reporter } from '../diagnostics/diagnostic.ts';
import type { YamlNode } from '../yaml/parse-yaml.ts';
import { takeHead, takeKeys, takeList, takeMap, takeOneOf } from '../yaml/reader.ts';

export const settingsKeys = ['settings', 'title', 'remark', 'approval'] as const;
export const approvalKeys = ['secondApprover'] as const;

/** Which way a change goes, and for what; what can need a second approver. */
export const changeWays = [
  'looser-on-payment',
  'stricter-on-payment',
  'looser-on-coverage',
  'stricter-on-coverage',
] as const;
export type ChangeWay = (typeof changeWays)[number];

/** What a workspace settles for itself, in `rules/<name>.settings.yaml`. */
export interface Settings {
  /** Changes for which one approver is not enough. */
  readonly secondApprover: readonly ChangeWay[];
}

/** What holds where no file says otherwise: money that goes out more easily, and services that are refused more easily. */
export const usualSettings: Settings = { secondApprover: ['looser-on-payment', 'stricter-on-coverage'] };

/** The settings of a file, with its place among those of the same id. */
export interface SettingsFile {
  readonly id: string;
  readonly settings: Settings;
  readonly place: Place;
}

export function parseSettings(source: Source, root: YamlNode, reporter: Reporter): SettingsFile | null {
  const map = takeMap(root, 'a settings file', reporter);
  if (!map) return null;
  const keys = takeKeys(map, settingsKeys, 'the settings', reporter);
  const { id, idNode } = takeHead('settings', keys, map, reporter);
  if (id === null) return null;
  const secondApprover = readSecondApprover(keys.approval, reporter) ?? usualSettings.secondApprover;
  return { id, settings: { secondApprover }, place: placeOf(source, idNode.span, 'settings') };
}

/** Null where the file does not say. An empty list says that one approver is always enough. */
function readSecondApprover(node: YamlNode | undefined, reporter: Reporter): readonly ChangeWay[] | null {
  const map = node && takeMap(node, '`approval`', reporter);
  if (!map) return null;
  const keys = takeKeys(map, approvalKeys, '`approval`', reporter);
  const list = keys.secondApprover && takeList(keys.secondApprover, '`secondApprover`', reporter);
  if (!list) return null;
  const found = list.items.map((item) =>
    takeOneOf(item, changeWays, 'a way in which a change goes', reporter),
  );
  return changeWays.filter((way) => found.includes(way));
}
