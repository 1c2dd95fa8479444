import { expect, test } from 'vitest';
import { hasDesktop, stateFolderOf } from './desktop.ts';

test.each([
  ['linux', { DISPLAY: ':0' }, true],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
  ['linux', {}, false],
  ['linux', { DISPLAY: '' }, false],
  ['darwin', {}, true],
  ['darwin', { SSH_CONNECTION: '10.0.0.1 5 10.0.0.2 22' }, false],
  ['win32', {}, true],
] as const)('a desktop on %s with %j: %s', (platform, env, expected) => {
  expect(hasDesktop(platform, env)).toBe(expected);
});

test.each([
  ['linux', {}, '/home/anna/.local/state/proviso'],
  ['linux', { XDG_STATE_HOME: '/state' }, '/state/proviso'],
  ['linux', { XDG_STATE_HOME: 'not/absolute' }, '/home/anna/.local/state/proviso'],
  ['darwin', {}, '/home/anna/Library/Application Support/Proviso'],
  ['win32', { LOCALAPPDATA: '/home/anna/Local' }, '/home/anna/Local/Proviso'],
  ['win32', {}, '/home/anna/AppData/Local/Proviso'],
] as const)('the state folder on %s with %j', (platform, env, expected) => {
  expect(stateFolderOf(platform, env, '/home/anna')).toBe(expected);
});
