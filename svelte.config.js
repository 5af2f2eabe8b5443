/** Svelte's own settings, shared by the build, the unit tests, eslint and svelte-check. */
export default {
  compilerOptions: { runes: true },
};
