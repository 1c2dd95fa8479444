import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether a browser opened by us would come up before the user's eyes: not over SSH, in a container or on a server. */
export function hasDesktop(platform: NodeJS.Platform, env: Environment): boolean {
  if (platform === 'win32') return true;
  if (platform === 'darwin') return !env['SSH_CONNECTION'];
  return Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
}

/** Where a program keeps what is neither a setting nor a document, by the custom of each system. */
export function stateFolderOf(platform: NodeJS.Platform, env: Environment, home: string): string {
  const named = env['XDG_STATE_HOME'];
  // By the XDG Base Directory Specification, a path that is not absolute is to be ignored.
  if (named !== undefined && path.isAbsolute(named)) return path.join(named, 'proviso');
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Proviso');
  if (platform === 'win32')
    return path.join(env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'), 'Proviso');
  return path.join(home, '.local', 'state', 'proviso');
}
