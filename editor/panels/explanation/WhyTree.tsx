import { useMemo } from 'react';
import { Button, Collection, Tree, TreeItem, TreeItemContent } from 'react-aria-components';

import { TruthMark } from '../../marks/TruthMark.tsx';
import type { Jump } from '../../session/session.ts';
import { ChevronIcon } from '../../ui/icons.tsx';
import type { WhyNode } from './explanation-view.ts';
import { nodesWithChildren, nodeText } from './explanation-view.ts';

interface WhyTreeProps {
  readonly label: string;
  readonly nodes: readonly WhyNode[];
  readonly onJump: (place: Omit<Jump, 'focus'>) => void;
}

/** The conditions of one rule as a tree. Enter on a row goes to its place in the policy; arrows fold and unfold. */
export function WhyTree({ label, nodes, onJump }: WhyTreeProps) {
  const open = useMemo(() => nodesWithChildren(nodes), [nodes]);
  const byId = useMemo(() => new Map(allOf(nodes).map((node) => [node.id, node])), [nodes]);
  return (
    <Tree
      className="why-tree"
      aria-label={label}
      items={nodes}
      defaultExpandedKeys={open}
      onAction={(key) => {
        const place = byId.get(String(key))?.place;
        if (place) onJump(place);
      }}
    >
      {row}
    </Tree>
  );
}

function row(node: WhyNode) {
  return (
    <TreeItem
      id={node.id}
      textValue={nodeText(node)}
      className={node.truth === null ? 'why-part' : 'why-row'}
    >
      <TreeItemContent>
        {({ hasChildItems }) => (
          <div className="why-line">
            {hasChildItems ? (
              <Button slot="chevron" className="why-chevron" aria-label="Fold or unfold">
                <ChevronIcon />
              </Button>
            ) : null}
            {node.truth === null ? null : <TruthMark truth={node.truth} />}
            <span className="why-words">
              {node.words}
              {node.value === null ? null : (
                <>
                  {' '}
                  <span className={node.truth === true ? 'why-value' : 'why-value why-value-open'}>
                    {node.value}
                  </span>
                </>
              )}
            </span>
            {node.place === null ? null : (
              <span className="why-place" title="Its line in the policy">
                <span className="visually-hidden">line </span>
                {node.place.line}
              </span>
            )}
          </div>
        )}
      </TreeItemContent>
      <Collection items={node.children}>{row}</Collection>
    </TreeItem>
  );
}

function allOf(nodes: readonly WhyNode[]): readonly WhyNode[] {
  return nodes.flatMap((node) => [node, ...allOf(node.children)]);
}
