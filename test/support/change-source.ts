import { registerHooks } from "node:module";

/** A replacement in one source file, named by its path below `src/`. */
export interface Change {
  file: string;
  from: string;
  to: string;
}

/** Applies the changes to the source files that this process loads from now on. `onLoad` is called for each such file. */
export function changeSource(changes: readonly Change[], onLoad: (file: string) => void = () => {}): void {
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const here = changes.filter(({ file }) => url.endsWith(`/src/${file}`));
      if (here.length === 0) return loaded;
      for (const { file } of here) onLoad(file);
      // A function as the replacement, so that a `$` in it has no meaning.
      const source = here.reduce((text, { from, to }) => text.replaceAll(from, () => to), String(loaded.source));
      return { ...loaded, source };
    },
  });
}
