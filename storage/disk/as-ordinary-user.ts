/** For tests alone. */
export const isRoot = process.geteuid?.() === 0;

/** Root may do everything, so what others may not is tried as `nobody`. */
export async function asOrdinaryUser(action: () => Promise<void>): Promise<void> {
  if (!isRoot) return action();
  process.seteuid!(65534);
  try {
    await action();
  } finally {
    process.seteuid!(0);
  }
}
