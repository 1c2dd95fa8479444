/**
 * What both builds of the workbench know of packages.
 * `yaml` does not say that its modules do nothing by themselves, and the page would load what only the worker uses.
 */
export const treeshake = {
  moduleSideEffects: [{ test: /node_modules\/yaml\//, sideEffects: false }],
};
