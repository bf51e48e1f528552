import type { MachineState } from '@/lib/machine/types';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';

interface MachineTroubleProps {
  state: MachineState;
  onRestart: () => void;
}

/** Why there is no machine, and the way back to one. Nothing is left to lose, so the button does not ask. */
export function MachineTrouble({ state, onRestart }: MachineTroubleProps) {
  if (state.stage === 'failed') {
    return (
      <Notice
        tone="bad"
        announce="alert"
        title="The machine has failed"
        actions={
          <Button look="primary" size="small" onClick={onRestart}>
            Restart the machine
          </Button>
        }
      >
        {state.message} <span className="text-muted text-xs">({state.code})</span>
      </Notice>
    );
  }
  if (state.stage === 'stopped') {
    return (
      <Notice
        tone="plain"
        title="The machine is shut down"
        actions={
          <Button look="primary" size="small" onClick={onRestart}>
            Start the machine
          </Button>
        }
      >
        Its database is gone. Started again, it is empty.
      </Notice>
    );
  }
  return null;
}
