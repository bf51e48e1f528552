'use client';

import { type ComponentProps, type ComponentType, useEffect, useRef, useState } from 'react';
import type { NotebookActions } from '../notebook/notebook-actions';
import { PeoplePanel } from '../notebook/people-panel';
import { PeersPanel } from '../peers/peers-panel';
import type { SchemaPanel } from '../schema/schema-panel';
import { Button } from '../ui/button';
import { MachineSide } from './machine-side';
import type { Session } from './session';

interface WorkbenchSideProps {
  playground: string;
  session: Session;
  actions: NotebookActions | undefined;
  /** True once the page is calm enough to read the schema. */
  calm: boolean;
  /** Not as the width has it by itself: a narrow screen shows them over the notebook, a wide one hides them. */
  isToggled: boolean;
  onClose: () => void;
  /** Given where this page may write. */
  onImport: ((file: File) => void) | undefined;
}

/** What stands beside the notebook: the schema, who is here, the machine, and who is connected to it. */
export function WorkbenchSide(props: WorkbenchSideProps) {
  const { playground, session, actions, calm, isToggled, onClose, onImport } = props;
  const side = useRef<HTMLElement>(null);
  const Schema = useSchemaPanel(calm);
  useEffect(() => {
    if (isToggled && matchMedia(NARROW).matches) side.current?.focus();
  }, [isToggled]);
  return (
    <aside
      ref={side}
      id={SIDE_ID}
      aria-label="Panels"
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && matchMedia(NARROW).matches) onClose();
      }}
      className={`overflow-y-auto bg-page outline-none max-lg:fixed max-lg:inset-y-0 max-lg:right-0 max-lg:z-40 max-lg:w-[min(22rem,92vw)] max-lg:border-line max-lg:border-l max-lg:shadow-float lg:sticky lg:top-0 lg:h-dvh lg:w-80 lg:shrink-0 ${
        isToggled ? 'lg:hidden' : 'max-lg:hidden'
      }`}
    >
      <div className="flex justify-end px-3 pt-2 lg:hidden">
        <Button size="small" look="quiet" onClick={onClose}>
          Close
        </Button>
      </div>
      {Schema && actions && (
        <Schema
          catalogue={session.catalogue}
          onInsert={(sql) => actions.insert(sql)}
          onPreview={(sql) => actions.preview(sql)}
          onImport={onImport}
        />
      )}
      {actions && <PeoplePanel actions={actions} />}
      <MachineSide playground={playground} session={session} />
      <PeersPanel relay={session.relay} mayDisconnect={session.identity.kind === 'owner'} />
    </aside>
  );
}

/** For the button that opens and closes it. */
export const SIDE_ID = 'panels';
/** Where the panels lie over the notebook, as `max-lg` has it. */
const NARROW = '(width < 64rem)';

/** The schema panel, fetched when the page is calm: reading the schema takes a session of its own. */
function useSchemaPanel(calm: boolean) {
  const [Panel, setPanel] = useState<ComponentType<ComponentProps<typeof SchemaPanel>>>();
  useEffect(() => {
    if (!calm) return;
    import('../schema/schema-panel').then(
      ({ SchemaPanel }) => setPanel(() => SchemaPanel),
      // The notebook does without it; the next visit tries again.
      () => {},
    );
  }, [calm]);
  return Panel;
}
