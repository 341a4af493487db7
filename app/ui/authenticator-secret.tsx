import { QrCode } from "./qr-code";

/** What an authenticator app needs: to scan, or to type. */
export function AuthenticatorSecret({ uri, secret }: { uri: string; secret: string }) {
  return (
    <div className="space-y-3">
      <QrCode text={uri} label="QR code for your authenticator app" />
      <p className="text-center text-sm text-muted">
        Cannot scan it? Enter this key:
        <code className="mt-1 block font-mono break-all text-ink select-all">
          {secret.match(/.{1,4}/g)?.join(" ") ?? secret}
        </code>
      </p>
    </div>
  );
}
