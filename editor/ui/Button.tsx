import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';

interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress: () => void;
  readonly look?: 'plain' | 'main' | 'quiet';
  readonly icon?: boolean;
  readonly label?: string;
  readonly disabled?: boolean;
}

export function Button({ children, onPress, look = 'plain', icon = false, label, disabled }: ButtonProps) {
  const classes = ['button', look !== 'plain' && `button-${look}`, icon && 'button-icon'].filter(Boolean);
  return (
    <AriaButton
      className={classes.join(' ')}
      onPress={onPress}
      isDisabled={disabled ?? false}
      {...(label === undefined ? {} : { 'aria-label': label })}
    >
      {children}
    </AriaButton>
  );
}
