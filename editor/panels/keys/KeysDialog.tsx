import { Fragment } from 'react';

import { commandGroups, commands, keyWords } from '../../session/commands.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { isMac } from '../../ui/platform.ts';
import type { PanelProps } from '../panel.ts';
import { editorKeys } from './editor-keys.ts';
import './keys.css';

/** The map of the keyboard: what can be done from anywhere, and what the text of a file adds. */
export function KeysDialog({ workbench }: PanelProps) {
  const groups = [
    ...commandGroups.map((title) => ({
      title: title as string,
      keys: commands.filter((it) => it.group === title && it.key !== null),
    })),
    { title: 'In the text of a file', keys: editorKeys },
  ];
  return (
    <Dialog
      title="Every key"
      note="Everything can be done without a mouse. Tab goes from part to part, arrows move within one."
      size="large"
      onLeave={() => workbench.leaveDialog()}
      buttons={
        <Button look="main" onPress={() => workbench.leaveDialog()}>
          Close
        </Button>
      }
    >
      {/* A part that scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className="keys" tabIndex={0} aria-label="The keys, by group">
        {groups.map(({ title, keys }) => (
          <div key={title} className="keys-group">
            <h3>{title}</h3>
            <dl>
              {keys.map((it) => (
                <Fragment key={it.title}>
                  <dt>
                    <kbd>{keyWords(it.key!, isMac)}</kbd>
                  </dt>
                  <dd>{it.title}</dd>
                </Fragment>
              ))}
            </dl>
          </div>
        ))}
      </section>
    </Dialog>
  );
}
