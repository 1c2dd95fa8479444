import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';

import type { PanelProps } from '../panel.ts';
import { workspaceMenu } from './workspace-menu-view.ts';
import './workspace-menu.css';

/** The folder one works in; below it the others that were opened lately, each in a tab of its own. */
export function WorkspaceMenu({ session, workbench }: PanelProps) {
  const { name, here, others } = workspaceMenu(session);
  return (
    <MenuTrigger onOpenChange={(open) => void (open && workbench.listFolders())}>
      <Button
        className="workspace-button"
        data-pane="folders"
        aria-label={`Workspace ${name}. Other folders`}
      >
        <span className="workspace-name">{name}</span>
        <span aria-hidden="true">▾</span>
      </Button>
      <Popover className="menu-popover workspace-menu" placement="bottom start">
        <Menu
          aria-label="Folders"
          disabledKeys={['here', 'none']}
          onAction={(id) => void workbench.openFolder(String(id))}
        >
          <MenuSection>
            <Header className="workspace-head">This workspace</Header>
            <MenuItem id="here" className="menu-item workspace-item" textValue={name}>
              <b>{name}</b>
              <span className="workspace-place">{here ?? 'open in this tab'}</span>
            </MenuItem>
          </MenuSection>
          <MenuSection>
            <Header className="workspace-head">
              {workbench.playground === null
                ? 'Opened lately; each opens in a tab of its own'
                : 'Other workspaces of this browser'}
            </Header>
            {others.length === 0 ? (
              <MenuItem id="none" className="menu-item workspace-item" textValue="No other folder">
                <span className="workspace-place">No other folder was opened yet.</span>
              </MenuItem>
            ) : (
              others.map((folder) => (
                <MenuItem
                  key={folder.id}
                  id={folder.id}
                  className="menu-item workspace-item"
                  textValue={folder.name}
                >
                  <b>{folder.name}</b>
                  <span className="workspace-place">{folder.place}</span>
                </MenuItem>
              ))
            )}
          </MenuSection>
        </Menu>
        <p className="workspace-hint">
          {workbench.playground === null ? (
            <>
              Any other folder: run <code>proviso open</code> with its name in the terminal.
            </>
          ) : (
            'Another one: import a zip, or open a link that somebody sent you.'
          )}
        </p>
      </Popover>
    </MenuTrigger>
  );
}
