import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

interface DialogProps {
  readonly title: string;
  readonly note: string;
  readonly buttons: ReactNode;
  readonly children: ReactNode;
  readonly onLeave: () => void;
}

export function Dialog({ title, note, buttons, children, onLeave }: DialogProps) {
  return (
    <ModalOverlay className="dialog-back" isOpen onOpenChange={(open) => open || onLeave()}>
      <Modal className="dialog">
        <AriaDialog role="alertdialog">
          <div className="dialog-head">
            <Heading slot="title">{title}</Heading>
            <p>{note}</p>
          </div>
          <div className="dialog-body">{children}</div>
          <div className="dialog-foot">{buttons}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
