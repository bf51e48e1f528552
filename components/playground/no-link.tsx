import { Message } from '../ui/message';

interface NoLinkProps {
  playground: string;
  why: 'no-link' | 'broken-link';
}

/** For whoever has a playground's address but nothing that lets them in. */
export function NoLink({ playground, why }: NoLinkProps) {
  return (
    <Message
      title={why === 'no-link' ? 'You need a link to this playground' : 'This link is not complete'}
    >
      <p className="text-pretty">
        {why === 'no-link'
          ? 'The address alone does not let anybody in. The link to share has a # and a secret behind it.'
          : 'What follows the # is not a whole secret. Links are often cut when they are copied from a chat or a mail.'}
      </p>
      <p className="text-pretty">
        Ask the owner of playground <strong className="font-mono">{playground}</strong> to press{' '}
        <strong>Share</strong> and to send you the edit link or the view link. If it is yours, open
        it in the browser where you made it.
      </p>
    </Message>
  );
}
