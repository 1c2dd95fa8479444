/**
 * What both builds of the workbench know of modules: these do nothing by themselves, so what is not used of them is left out.
 * `yaml` does not say so, and the page would load what only the worker uses; the engine is pure by our own rule.
 */
export const treeshake = {
  moduleSideEffects: [{ test: /node_modules\/yaml\/|\/engine\/.*\.ts$/, sideEffects: false }],
};
