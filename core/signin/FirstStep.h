#pragma once

#include "core/base/Result.h"
#include "core/sessions/Client.h"
#include "core/signin/FirstProof.h"
#include "core/signin/SignInOutcome.h"
#include "core/signin/SignInPolicy.h"

namespace warder {

class PendingSignIns;
class SessionOpener;
class TrustedDevices;

/// Where every sign-in goes on whose first proof was right, whatever that was: to a session, or to a second step. (A passkey is two factors
/// by itself: PasskeySignIn goes to SessionOpener.) Waits for the writer; any lane.
class FirstStep final
{
public:
    FirstStep(TrustedDevices &devices, SessionOpener &opener, PendingSignIns &pending, SignInPolicy policy);

    /// Opens a session where the proof is enough, or in a browser that is trusted; else nothing is open yet, and PendingSignIns goes on
    /// with the ticket, or PasswordReset where the proof is a password that must be changed. EmailNotVerified where the settings want a
    /// proven address and this proves none; InvalidCredentials when what was shown, the account's factors or its state changed meanwhile;
    /// and what `spend` refuses.
    Result<SignInOutcome> take(const FirstProof &proof, const Client &client, const SignInBaggage &baggage, TimePoint now);

private:
    Result<SignedIn> openBare(const FirstProof &proof, const Client &client, const SignInBaggage &baggage, TimePoint now);
    Result<std::optional<SignedIn>> openTrusted(const FirstProof &proof, const Client &client, const SignInBaggage &baggage, TimePoint now);

    TrustedDevices &m_devices;
    SessionOpener &m_opener;
    PendingSignIns &m_pending;
    const SignInPolicy m_policy;
};

} // namespace warder
