import { commands, keyWords } from '../../session/commands.ts';
import type { Theme } from '../../session/session.ts';
import { Button } from '../../ui/Button.tsx';
import { MenuIcon, MoonIcon, SunIcon, SystemIcon } from '../../ui/icons.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { isMac } from '../../ui/platform.ts';
import type { Standing } from './top-bar-view.ts';
import './top-bar.css';

interface TopBarProps {
  readonly workspace: string;
  readonly standing: Standing;
  readonly unsaved: string | null;
  readonly theme: Theme;
  readonly onSave: () => void;
  readonly onTheme: () => void;
  readonly onCommand: (id: string) => void;
  readonly onFailing: () => void;
}

const themeIcons = { system: SystemIcon, light: SunIcon, dark: MoonIcon } as const;
const themeWords = { system: 'as the system', light: 'light', dark: 'dark' } as const;

export function TopBar(props: TopBarProps) {
  const { workspace, standing, unsaved, theme, onSave, onTheme, onCommand, onFailing } = props;
  const ThemeIcon = themeIcons[theme];
  return (
    <header className="top-bar">
      <div className="top-bar-name">
        <h1>Proviso</h1>
        <span className="top-bar-folder">{workspace}</span>
      </div>
      <output className="top-bar-standing">
        {standing.kind === 'judged' ? (
          <>
            <span className="top-bar-pass">
              <b>{standing.passed}</b> as expected
            </span>
            {standing.failed > 0 ? (
              <button type="button" className="top-bar-fail" onClick={onFailing}>
                <b>{standing.failed}</b> not as expected
              </button>
            ) : (
              <span className="top-bar-soft">0 not as expected</span>
            )}
          </>
        ) : (
          <span className="top-bar-soft">Judging the saved encounters …</span>
        )}
      </output>
      <div className="top-bar-tools">
        <output className="top-bar-unsaved">{unsaved ?? 'All saved'}</output>
        <Button look="main" onPress={onSave} disabled={unsaved === null}>
          Save
          <kbd className="top-bar-key">{keyWords('Mod+S', isMac)}</kbd>
        </Button>
        <Button look="quiet" icon label={`Colours: ${themeWords[theme]}. Change`} onPress={onTheme}>
          <ThemeIcon />
        </Button>
        <Menu
          label="Everything you can do"
          icon={<MenuIcon />}
          entries={commands.map(({ id, title, key }) => ({ id, title, key: key && keyWords(key, isMac) }))}
          onChoose={onCommand}
        />
      </div>
    </header>
  );
}
