'use client';

import { type ComponentType, useState } from 'react';
import type { NotebookDocument } from '../document/types';
import type { HostedMachine } from '../playground/hosted-machine';
import type { Session } from '../playground/session';
import { useCell } from '../state/cell';
import { Button } from '../ui/button';
import type { MachineItem } from './machine-items';
import type { MachineMenuProps } from './machine-menu';
import type { MachineNews } from './machine-news';
import type { MachineDialog } from './machine-task';
import { useMemory } from './use-memory';

const OFF = { stage: 'off' } as const;
const load = () => import('./machine-menu').then(({ MachineMenu }) => MachineMenu);

interface MachineMenuButtonProps {
  session: Session;
  notebook: NotebookDocument;
  machine: HostedMachine;
  title: string;
  news: MachineNews;
}

/** The menu Machine of the tab that runs it. Its code and that of its dialogs is fetched when somebody comes near. */
export function MachineMenuButton(props: MachineMenuButtonProps) {
  const { session, machine, news } = props;
  const state = useCell(machine.state, OFF);
  const chosenMb = useMemory(session.identity.credentials.playground);
  const [Menu, setMenu] = useState<ComponentType<MachineMenuProps>>();
  const [Dialog, setDialog] = useState<MachineDialog>();
  const about = {
    ...props,
    memoryMb: state.stage === 'ready' ? state.memoryMb : chosenMb,
  };
  const choose = async ({ label, action }: MachineItem) => {
    try {
      if (action.kind === 'act') {
        await action.act(about);
        return;
      }
      const loaded = await action.load();
      setDialog(() => loaded);
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      news.warn(`${label}: ${why}`);
    }
  };
  const prepare = () => void load().catch(() => {});
  const open = () =>
    load().then(
      (loaded) => setMenu(() => loaded),
      () => news.warn('The menu cannot be fetched: the server is not reached. Try again soon.'),
    );
  return (
    <>
      {Menu ? (
        <Menu state={state} onChoose={choose} />
      ) : (
        <Button
          look="quiet"
          size="small"
          aria-haspopup="menu"
          onPointerEnter={prepare}
          onFocus={prepare}
          onClick={open}
        >
          Machine
        </Button>
      )}
      {Dialog && <Dialog {...about} open onClose={() => setDialog(undefined)} />}
    </>
  );
}
