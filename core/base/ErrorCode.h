#pragma once

#include <QString>

namespace warder {

/// Everything that may be refused, in the product's own words. A new code is a line here and a row in ErrorCode.cpp.
enum class ErrorCode {
    InvalidInput,       ///< Faults in what the caller sent; Error::faults lists all of them.
    InvalidCredentials, ///< Unknown account or wrong password: the two look alike.
    NotAuthenticated,   ///< No credentials at all.
    InvalidToken,       ///< Malformed, forged, expired or revoked token.
    AccountDisabled,
    ProofRequired,            ///< Strangers guessed too often: from places that the account does not know only a mail or a passkey gets in.
    AddressBlocked,           ///< An admin has blocked the network that the request comes from.
    MfaRequired,              ///< The password was right, and a second factor is still to come.
    PasswordChangeRequired,   ///< The password was right, and is good for the choice of another one alone.
    ReauthenticationRequired, ///< The session is good, but its owner proved too long ago who they are; Error::methods.
    EmailNotVerified,         ///< Whoever signs in has yet to prove that the account's address is theirs.
    ProviderDenied,           ///< Whoever was sent to a provider to sign in did not, or did not agree.
    CsrfFailed,
    OriginRefused,
    EmailTaken,
    AccountExists, ///< An account has the address that a provider tells, and may not be opened by that alone.
    IdentityTaken, ///< The account at a provider belongs to another account here.
    NotFound,      ///< A thing asked for by id that does not exist.
    RouteNotFound,
    MethodNotAllowed,
    BadRequest,
    BodyTooLarge,
    UnsupportedMediaType, ///< Error::text says which types are taken.
    UnsupportedEncoding,  ///< A compressed body.
    RegistrationClosed,
    LastSignInMethod, ///< Without it nobody could sign in to the account any more.
    FactorLimit,      ///< The account has as many authenticator apps, or passkeys, as one may have.
    NotConfigured,    ///< The settings turn this part of the API off.
    InvalidLink,      ///< Of a mail: over, spent, void by a change of the account, or never there.
    ProviderError,    ///< A provider did not answer, or not as it must; Error::detail says what it did.
    LimitReached,     ///< Error::retryAfter says when to come back.
    Conflict,         ///< The thing changed meanwhile, or is in a state that forbids the order.
    SettingFixed,     ///< What would be stored has no effect: a file, the environment or the command line sets it.
    Busy,             ///< A lane or queue is full, the server is paused or stopping; Error::retryAfter.
    ConfigInvalid,
    AddressTaken,       ///< Another program listens there.
    AddressForbidden,   ///< To listen there needs a right that the process has not.
    AddressForeign,     ///< The machine has no such address to listen on.
    CertificateInvalid, ///< Expired or not valid yet, while the former one serves on.
    ServerOutdated,     ///< Of an older protocol of the console than the program that asks.
    ProgramOutdated,    ///< The other way round.
    ConnectionLost,     ///< The server of the console went away before it answered; the order may have been carried out.
    AlreadyRunning,     ///< Another process holds the data directory.
    StorageUnavailable, ///< The database is locked, or its disk is full or fails: later it may work again; Error::retryAfter.
    StorageFailure,     ///< The database is damaged, or the program asked it for nonsense: later is no better.
    CryptoFailure,
    Internal,

    // What only the gate refuses, before there is a request (RFC 9110 §15).
    RequestTimeout,
    UriTooLong,
    ExpectationFailed,
    HeadersTooLarge,
    NotImplemented,
    VersionNotSupported,
};

/// `InvalidCredentials` → `invalid_credentials`: what the HTTP API and the command line show as `code`. Any thread.
QLatin1StringView nameOf(ErrorCode code);

/// The HTTP status it is answered with. Any thread.
int statusOf(ErrorCode code);

/// What the HTTP API shows as `detail`, where nothing more is to be said: a constant of ours that needs no escaping. Any thread.
QLatin1StringView textOf(ErrorCode code);

/// The reverse of nameOf(), for a code that crossed the local socket; Internal for a name nobody knows.
ErrorCode errorCodeFromName(QStringView name);

} // namespace warder
