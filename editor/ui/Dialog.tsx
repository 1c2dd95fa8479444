import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

interface DialogProps {
  readonly title: string;
  readonly note?: string;
  /** `alert`: something must be decided before the work goes on. */
  readonly role?: 'alertdialog' | 'dialog';
  readonly size?: 'small' | 'wide' | 'large' | 'full';
  readonly buttons: ReactNode;
  readonly children: ReactNode;
  readonly onLeave: () => void;
}

/** A window over the page, with a title, a body that scrolls, and buttons below; Escape and a click beside it leave. */
export function Dialog(props: DialogProps) {
  const { title, note, role = 'dialog', size = 'small', buttons, children, onLeave } = props;
  return (
    <ModalOverlay
      className="dialog-back"
      isOpen
      isDismissable={role === 'dialog'}
      onOpenChange={(open) => open || onLeave()}
    >
      <Modal className={`dialog dialog-${size}`}>
        <AriaDialog role={role}>
          <div className="dialog-head">
            <Heading slot="title">{title}</Heading>
            {note === undefined ? null : <p>{note}</p>}
          </div>
          <div className="dialog-body">{children}</div>
          <div className="dialog-foot">{buttons}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
