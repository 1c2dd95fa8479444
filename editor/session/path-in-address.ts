/** The file that the address asks for behind its `#`. An address is typed by anybody, so it may be no sound one. */
export function pathInAddress(hash: string): string | null {
  try {
    return decodeURIComponent(hash.slice(1)) || null;
  } catch {
    return null;
  }
}
