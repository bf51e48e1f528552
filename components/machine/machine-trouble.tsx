import type { MachineState, StartFrom } from '@/lib/machine/types';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { Question } from '../ui/question';

interface MachineTroubleProps {
  state: MachineState;
  onStart: (from: Extract<StartFrom, 'kept' | 'base'>) => void;
}

/** Why there is no machine, and the ways back to one. */
export function MachineTrouble({ state, onStart }: MachineTroubleProps) {
  if (state.stage === 'failed') {
    return (
      <Notice
        tone="bad"
        announce="alert"
        title="The machine has failed"
        actions={
          <>
            <Button look="primary" size="small" onClick={() => onStart('kept')}>
              Restart the machine
            </Button>
            <Question
              label="Begin empty"
              title="Begin with an empty database?"
              yes="Begin empty"
              no="Leave it"
              onYes={() => onStart('base')}
            >
              What this browser keeps of the machine is replaced by an empty one.
            </Question>
          </>
        }
      >
        {state.message} <span className="text-muted text-xs">({state.code})</span>
        <p className="mt-1">
          Restarted, it goes on from when it was last saved in this browser, or empty if it never
          was.
        </p>
      </Notice>
    );
  }
  if (state.stage === 'stopped') {
    return (
      <Notice
        tone="plain"
        title="The machine is shut down"
        actions={
          <Button look="primary" size="small" onClick={() => onStart('kept')}>
            Start the machine
          </Button>
        }
      >
        Started again, it goes on from when it was last saved in this browser.
      </Notice>
    );
  }
  return null;
}
