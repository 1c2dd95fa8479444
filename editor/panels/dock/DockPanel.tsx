import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';

import { allDocks } from '../all-docks.ts';
import type { PanelProps } from '../panel.ts';
import './dock.css';

/** What stands below the open file, one tab at a time. */
export function DockPanel(props: PanelProps) {
  const { session, workbench } = props;
  return (
    <Tabs
      className="dock"
      selectedKey={session.dock}
      onSelectionChange={(key) => {
        const dock = allDocks.find((it) => it.id === key);
        if (dock && dock.id !== session.dock) workbench.showDock(dock.id);
      }}
    >
      <TabList className="tabs" aria-label="Below the file">
        {allDocks.map(({ id, title, note }) => (
          <Tab key={id} id={id} className="tab">
            {title}
            <span className="tab-note">{note(session)}</span>
          </Tab>
        ))}
      </TabList>
      {allDocks.map(({ id, Panel }) => (
        <TabPanel key={id} id={id} className="dock-panel">
          <Panel {...props} />
        </TabPanel>
      ))}
    </Tabs>
  );
}
