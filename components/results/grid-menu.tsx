import { ContextMenu, DropdownMenu } from 'radix-ui';
import { type ComponentType, Fragment, type ReactElement, type ReactNode } from 'react';
import type { GridSection } from './grid-actions';

const CONTENT =
  'z-50 max-h-[70dvh] min-w-56 overflow-y-auto rounded-md border border-line-strong bg-raised p-1 text-[13px] shadow-float';
const ITEM =
  'flex cursor-default items-center justify-between gap-6 rounded-sm px-2.5 py-1 outline-none data-[highlighted]:bg-accent-soft';

/** Radix has the same parts for both menus, under two names. */
interface MenuKit {
  readonly Item: ComponentType<{
    className?: string;
    onSelect?: () => void;
    children?: ReactNode;
  }>;
  readonly Label: ComponentType<{ className?: string; children?: ReactNode }>;
  readonly Separator: ComponentType<{ className?: string }>;
}

interface GridMenuProps {
  /** Made when the menu opens: what is selected then is what it acts on. */
  sections: () => readonly GridSection[];
  /** The focus has to go somewhere: to what the menu opened, or back. */
  onClosed: () => void;
}

/** The menu at the pointer, or at Shift+F10. */
export function GridContextMenu({
  sections,
  onClosed,
  children,
}: GridMenuProps & { children: ReactElement }) {
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger asChild>{children}</ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content
          className={CONTENT}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            onClosed();
          }}
        >
          <MenuSections kit={ContextMenu} sections={sections} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

/** The same menu behind a button, for keyboards and screens without the other. */
export function GridMenuButton({ sections, onClosed }: GridMenuProps) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        aria-label="Copy, sort, widths"
        title="Copy, sort, widths"
        className="grid size-6 place-items-center rounded-sm font-sans text-muted hover:bg-raised hover:text-ink"
      >
        <span aria-hidden>⋮</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={CONTENT}
          collisionPadding={8}
          align="start"
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            onClosed();
          }}
        >
          <MenuSections kit={DropdownMenu} sections={sections} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function MenuSections({ kit, sections }: Pick<GridMenuProps, 'sections'> & { kit: MenuKit }) {
  return sections().map(({ title, actions }, index) => (
    <Fragment key={title}>
      {index > 0 && <kit.Separator className="my-1 h-px bg-line" />}
      <kit.Label className="max-w-72 truncate px-2.5 py-1 text-[11px] text-muted">
        {title}
      </kit.Label>
      {actions.map(({ label, keys, run }) => (
        <kit.Item key={label} className={ITEM} onSelect={run}>
          {label}
          {keys && <kbd className="font-sans text-muted text-xs">{keys}</kbd>}
        </kit.Item>
      ))}
    </Fragment>
  ));
}
