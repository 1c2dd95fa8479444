import { Suspense, useMemo } from 'react';
import { Button, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';

import { EmptyState } from '../../ui/EmptyState.tsx';
import { viewsOf } from '../all-views.ts';
import type { FilePanelProps } from '../panel.ts';
import { documentHead } from './document-view.ts';
import './document.css';

const stateWords = { saving: 'Saving …', unsaved: 'Not saved', saved: null } as const;

/** The open file: what it is, how it stands with the disk, and the ways to look at it. */
export function DocumentPanel({ session, workbench, look, file }: FilePanelProps) {
  const { judged } = session;
  const head = useMemo(() => documentHead(file, judged), [file, judged]);
  const { views, shown } = useMemo(() => viewsOf(file.path, session.view), [file.path, session.view]);
  return (
    <section className="document" data-pane="document" aria-label={head.title}>
      <Tabs
        className="document-tabs"
        selectedKey={shown.id}
        onSelectionChange={(key) => {
          const view = views.find((it) => it.id === key);
          if (view && view.id !== shown.id) workbench.showView(view.id);
        }}
      >
        <div className="document-head">
          <h2 title={head.title}>{head.title}</h2>
          <span className="document-detail">{head.detail}</span>
          <span className="spacer" />
          {head.state === 'conflict' ? (
            <Button className="document-conflict" onPress={() => workbench.settle(file.path)}>
              Changed on disk: compare
            </Button>
          ) : stateWords[head.state] === null ? null : (
            <span className="document-state">{stateWords[head.state]}</span>
          )}
        </div>
        <TabList className="tabs" aria-label="Ways to look at this file">
          {views.map((view) => (
            <Tab key={view.id} id={view.id} className="tab">
              {view.title}
            </Tab>
          ))}
        </TabList>
        {views.map(({ id, Panel, lasting }) => (
          <TabPanel key={id} id={id} className="document-body" shouldForceMount={lasting ?? false}>
            <div className="document-view" data-pane={id === 'text' ? 'editor' : id}>
              <Suspense fallback={<EmptyState title="Making it ready …" />}>
                <Panel workbench={workbench} look={look} path={file.path} />
              </Suspense>
            </div>
          </TabPanel>
        ))}
      </Tabs>
      <div className="document-foot">
        <span className="document-path mono">{head.path}</span>
        {shown.id === 'text' ? (
          <span>
            <kbd>Ctrl+M</kbd> lets Tab leave the text
          </span>
        ) : null}
      </div>
    </section>
  );
}
