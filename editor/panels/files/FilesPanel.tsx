import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { Button, Tree, TreeItem, TreeItemContent } from 'react-aria-components';

import { filesOf } from '../../session/places.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ChevronIcon } from '../../ui/icons.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { allPages } from '../all-pages.ts';
import type { PanelProps } from '../panel.ts';
import type { FileGroup, FileRow } from './files-view.ts';
import { fileGroups, nothingInScope } from './files-view.ts';
import './files.css';

export function FilesPanel({ session, workbench }: PanelProps) {
  const { files, judged, openPath, page, showing } = session;
  const shown = filesOf(page);
  const { payer, asOf } = session.settings;
  const groups = useMemo(
    () => fileGroups(files, judged, shown, { payer, asOf }),
    [files, judged, shown, payer, asOf],
  );
  const nothing = nothingInScope(groups, { payer, asOf });
  const { title, none } = words[shown];
  // What was closed is kept rather than what is open, so that a group that appears later is open.
  const [closed, setClosed] = useState<ReadonlySet<string>>(initiallyClosed);
  const open = groups.map((group) => group.id).filter((id) => !closed.has(id));
  // Behind a page no file is in sight, so that choosing the one that is open brings it up again.
  const inSight = showing === 'document' || allPages.find(({ id }) => id === page)?.Panel === null;
  const selected = inSight ? groups.flatMap((group) => keysOf(group, openPath)).slice(0, 1) : [];
  return (
    <Pane name="files" title={title}>
      {groups.length === 0 || nothing ? (
        nothing ? (
          <EmptyState title="No policy is in force for this payer on this date.">
            <Button className="button" onPress={() => workbench.change({ payer: null, asOf: null })}>
              Show every payer and date
            </Button>
          </EmptyState>
        ) : (
          <EmptyState title={none}>
            <p>{words[shown].next}</p>
          </EmptyState>
        )
      ) : (
        <Tree
          className="pane-body files"
          aria-label={title}
          data-pane-focus-within=""
          selectionMode="single"
          selectionBehavior="replace"
          disallowEmptySelection
          expandedKeys={open}
          onExpandedChange={(keys) => {
            setClosed(new Set(groups.map((group) => group.id).filter((id) => !keys.has(id))));
          }}
          selectedKeys={selected}
          disabledKeys={groups.map((group) => group.id)}
          disabledBehavior="selection"
          onSelectionChange={(keys) => {
            const [key] = keys === 'all' ? [] : [...keys];
            if (typeof key === 'string') workbench.chooseFile(pathOf(key));
          }}
        >
          {groups.map((group) => (
            <TreeItem key={group.id} id={group.id} textValue={group.title} className="files-group">
              <TreeItemContent>
                <Chevron />
                <span className="files-group-title">{group.title}</span>
                <span className="files-count">{group.files.length}</span>
              </TreeItemContent>
              {group.files.map((row) => (
                <FileItem key={row.path} id={keyOf(group, row)} row={row} />
              ))}
            </TreeItem>
          ))}
        </Tree>
      )}
    </Pane>
  );
}

function FileItem({ id, row }: { readonly id: string; readonly row: FileRow }) {
  return (
    <TreeItem id={id} textValue={row.title} className="files-item">
      <TreeItemContent>
        <span className="files-words">
          <span className="files-title">{row.title}</span>
          {row.detail === null ? null : <span className="files-detail">{row.detail}</span>}
        </span>
        {row.errors > 0 ? <Badge tone="problem">{row.errors}</Badge> : null}
        {row.state === 'conflict' ? <Badge tone="problem">changed on disk</Badge> : null}
        {row.state === 'unsaved' ? (
          <span className="files-unsaved">
            <span className="visually-hidden">not saved</span>
          </span>
        ) : null}
      </TreeItemContent>
    </TreeItem>
  );
}

function Chevron() {
  return (
    <Button slot="chevron" className="files-chevron">
      <ChevronIcon />
    </Button>
  );
}

function Badge({ tone, children }: { readonly tone: 'problem'; readonly children: ReactNode }) {
  return <span className={`files-badge files-badge-${tone}`}>{children}</span>;
}

// One file may stand under several payers, so a key is group and path.
const keyOf = (group: FileGroup, row: FileRow): string => `${group.id}|${row.path}`;
const pathOf = (key: string): string => key.slice(key.indexOf('|') + 1);

function keysOf(group: FileGroup, path: string | null): readonly string[] {
  return group.files.filter((row) => row.path === path).map((row) => keyOf(group, row));
}

const initiallyClosed: ReadonlySet<string> = new Set();

const words = {
  policies: {
    title: 'Policies',
    none: 'This folder holds no policies yet.',
    next: 'Put a file ending in .policy.yaml under the folder rules; it appears here by itself.',
  },
  encounters: {
    title: 'Suites and encounters',
    none: 'This folder holds no suites and no encounters yet.',
    next: 'Put a file ending in .suite.yaml or .encounter.yaml under the folder testcases; it appears here by itself.',
  },
  lists: {
    title: 'Lists',
    none: 'This folder holds no lists yet.',
    next: 'Put a file ending in .list.yaml under the folder rules/lists; it appears here by itself.',
  },
  sources: {
    title: 'Sources',
    none: 'This folder holds no sources yet.',
    next: 'Put a file ending in .source.yaml under the folder rules/sources; it appears here by itself.',
  },
} as const satisfies Record<ReturnType<typeof filesOf>, { title: string; none: string; next: string }>;
