/** Gives the author a file to keep, under a name that the browser may change. */
export function download(name: string, bytes: Uint8Array<ArrayBuffer>, type = 'application/zip'): void {
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has the bytes once the click has been seen to.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
