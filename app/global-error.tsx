'use client';

import { Button } from '@/components/ui/button';
import { Message } from '@/components/ui/message';
import './globals.css';

interface GlobalErrorProps {
  reset: () => void;
}

export default function GlobalError({ reset }: GlobalErrorProps) {
  return (
    <html lang="en">
      <body>
        <Message title="Warren has failed">
          <p role="alert">The page could not be put together.</p>
          <Button look="primary" onClick={reset}>
            Try again
          </Button>
        </Message>
      </body>
    </html>
  );
}
