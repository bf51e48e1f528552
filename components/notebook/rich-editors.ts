import type { ComponentType } from 'react';
import { MonacoSlots } from '../editor/monaco-slots';
import type { RichEditorProps } from '../editor/rich-editor';
import { whenIdle } from '../editor/when-idle';

/** Monaco for the notebook's cells: its code, once it has come, and who may have one. */
export class RichEditors {
  readonly slots = new MonacoSlots(whenIdle);
  private loaded: ComponentType<RichEditorProps> | undefined;
  private loading = false;

  /** The component to show; undefined until its code has come. */
  get Component(): ComponentType<RichEditorProps> | undefined {
    return this.loaded;
  }

  /** Fetches the code. Where fingers type, and where it cannot be fetched, the plain editors stay. */
  async load(): Promise<void> {
    if (this.loading || !matchMedia('(hover: hover) and (pointer: fine)').matches) return;
    this.loading = true;
    try {
      const { RichEditor } = await import('../editor/rich-editor');
      this.loaded = RichEditor;
      this.slots.begin();
    } catch {
      this.loading = false;
    }
  }
}
