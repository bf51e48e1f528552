import { Button } from './button';
import { Notice } from './notice';

interface CornerNoticeProps {
  title: string;
  /** Why; else that the server is not reached, which is why code that is fetched on demand does not come. */
  children?: string;
  onClose: () => void;
}

/** In the corner of the page: what somebody has asked for does not come. */
export function CornerNotice({ title, children, onClose }: CornerNoticeProps) {
  return (
    <Notice
      tone="bad"
      announce="alert"
      title={title}
      className="fixed top-14 right-3 z-40 max-w-xs shadow-float"
      actions={
        <Button size="small" onClick={onClose}>
          Close
        </Button>
      }
    >
      {children ?? 'The server cannot be reached just now. Try again in a moment.'}
    </Notice>
  );
}
