import { TagLib } from 'taglib-wasm';

/** Gives a file other tags as a tag editor does it, most of which are made with TagLib; its other tags stay. */
export async function retag(path: string, tags: Readonly<Record<string, readonly string[]>>): Promise<void> {
  const taglib = await TagLib.initialize({ forceWasmType: 'emscripten' });
  const file = await taglib.open(path, { partial: false });
  const own = Object.fromEntries(Object.entries(tags).map(([name, values]) => [name, [...values]]));
  file.setProperties({ ...file.properties(), ...own });
  await file.saveToFile();
  file.dispose();
}
