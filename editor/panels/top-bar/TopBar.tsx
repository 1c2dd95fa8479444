import { commands, keyWords } from '../../session/commands.ts';
import { Button } from '../../ui/Button.tsx';
import { MenuIcon, ScopeIcon, SearchIcon } from '../../ui/icons.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { isMac } from '../../ui/platform.ts';
import type { Progress } from '../../worker/protocol.ts';
import type { PanelProps } from '../panel.ts';
import { standingOf } from '../../session/standing.ts';
import { progressWords, scopeWords, unsavedWords } from './top-bar-view.ts';
import { WorkspaceMenu } from './WorkspaceMenu.tsx';
import './top-bar.css';

const entries = commands.map(({ id, title, key }) => ({ id, title, key: key && keyWords(key, isMac) }));

/** What is always in sight: the folder, the way to everything, how the cases stand, and what is unsaved. */
export function TopBar(props: PanelProps) {
  const { session, workbench } = props;
  const standing = standingOf(session);
  const unsaved = unsavedWords(session);
  return (
    <header className="top-bar">
      <div className="top-bar-name">
        <h1>Proviso</h1>
        <WorkspaceMenu {...props} />
      </div>
      <Button look="quiet" label="Search, or run a command" onPress={() => workbench.showDialog('palette')}>
        <SearchIcon />
        <span className="top-bar-search">Search or run…</span>
        <kbd className="key">{keyWords('Mod+K', isMac)}</kbd>
      </Button>
      <div className="top-bar-tools">
        {session.progress === null ? null : (
          <OnTheWay progress={session.progress} onStop={() => workbench.stopJudging()} />
        )}
        <output className="top-bar-standing">
          {standing.kind === 'judged' ? (
            <>
              <span className="top-bar-pass">
                <b>{standing.passed}</b> <span className="top-bar-word">as expected</span>
              </span>
              {standing.failed > 0 ? (
                <button type="button" className="top-bar-fail" onClick={() => workbench.filter('failing')}>
                  <b>{standing.failed}</b> <span className="top-bar-word">not as expected</span>
                </button>
              ) : null}
            </>
          ) : session.progress === null ? (
            <span className="top-bar-soft">Judging the saved encounters …</span>
          ) : null}
        </output>
        <Button
          look="quiet"
          label={`Payer and date of service: ${scopeWords(session)}. Change`}
          onPress={() => workbench.showDialog('settings')}
        >
          <ScopeIcon />
          <span className="top-bar-scope">{scopeWords(session)}</span>
        </Button>
        <output className="top-bar-unsaved">{unsaved ?? 'All saved'}</output>
        <Button look="main" onPress={() => void workbench.save()} disabled={unsaved === null}>
          Save
          <kbd className="top-bar-key">{keyWords('Mod+S', isMac)}</kbd>
        </Button>
        <Menu
          label="Everything you can do"
          icon={<MenuIcon />}
          entries={entries}
          onChoose={(id) => commands.find((command) => command.id === id)?.run(workbench)}
        />
      </div>
    </header>
  );
}

/** What takes longer than half a second says how far it is; judging can be stopped. */
function OnTheWay({ progress, onStop }: { readonly progress: Progress; readonly onStop: () => void }) {
  const { doing, done, total } = progress;
  return (
    <div className="top-bar-progress">
      <progress aria-label={progressWords(progress)} value={done} max={total} />
      <span className="top-bar-soft">{progressWords(progress)}</span>
      {doing === 'judging' ? (
        <Button look="quiet" onPress={onStop}>
          Stop
        </Button>
      ) : null}
    </div>
  );
}
