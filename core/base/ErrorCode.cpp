#include "core/base/ErrorCode.h"

#include "core/base/EnumNames.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

using Code = ErrorCode;

struct Kind
{
    Code code;
    QLatin1StringView name;
    int status;
    QLatin1StringView text;
};

constexpr auto kinds = std::to_array<Kind>({
    {Code::InvalidInput, "invalid_input"_L1, 422, "Invalid input"_L1},
    {Code::InvalidCredentials, "invalid_credentials"_L1, 401, "Invalid credentials"_L1},
    {Code::NotAuthenticated, "not_authenticated"_L1, 401, "Not authenticated"_L1},
    {Code::InvalidToken, "invalid_token"_L1, 401, "Could not validate credentials"_L1},
    {Code::AccountDisabled, "account_disabled"_L1, 403, "Account disabled"_L1},
    {Code::ProofRequired, "proof_required"_L1, 403,
     "Too many wrong passwords from places this account does not know. "
     "Sign in by a link in a mail, a passkey, or set a new password by mail"_L1},
    {Code::AddressBlocked, "address_blocked"_L1, 403, "This address is blocked"_L1},
    {Code::MfaRequired, "mfa_required"_L1, 403, "Two-factor authentication required"_L1},
    {Code::PasswordChangeRequired, "password_change_required"_L1, 403, "Choose a password of your own to sign in"_L1},
    {Code::ReauthenticationRequired, "reauthentication_required"_L1, 403, "Please confirm that it is you"_L1},
    {Code::EmailNotVerified, "email_not_verified"_L1, 403, "Please confirm your e-mail address first"_L1},
    {Code::ProviderDenied, "provider_denied"_L1, 403, "The sign-in was not completed at the provider"_L1},
    {Code::CsrfFailed, "csrf_failed"_L1, 403, "CSRF check failed"_L1},
    {Code::OriginRefused, "origin_refused"_L1, 403, "CSRF check failed"_L1},
    {Code::EmailTaken, "email_taken"_L1, 409, "Email already exists"_L1},
    {Code::AccountExists, "account_exists"_L1, 409, "There is an account already: sign in to it as before"_L1},
    {Code::IdentityTaken, "identity_taken"_L1, 409, "It belongs to another account"_L1},
    {Code::NotFound, "not_found"_L1, 404, "Not Found"_L1},
    {Code::RouteNotFound, "route_not_found"_L1, 404, "Not Found"_L1},
    {Code::MethodNotAllowed, "method_not_allowed"_L1, 405, "Method Not Allowed"_L1},
    {Code::BadRequest, "bad_request"_L1, 400, "Bad Request"_L1},
    {Code::BodyTooLarge, "body_too_large"_L1, 413, "Content Too Large"_L1},
    {Code::UnsupportedMediaType, "unsupported_media_type"_L1, 415, "Unsupported Media Type"_L1},
    {Code::UnsupportedEncoding, "unsupported_content_encoding"_L1, 415, "Unsupported Media Type: send the body uncompressed"_L1},
    {Code::RegistrationClosed, "registration_closed"_L1, 403, "Registration is closed"_L1},
    {Code::LastSignInMethod, "last_sign_in_method"_L1, 409, "This is the last way to sign in"_L1},
    {Code::FactorLimit, "factor_limit"_L1, 409, "There are too many of these: remove one first"_L1},
    {Code::NotConfigured, "not_configured"_L1, 404, "This is turned off here"_L1},
    {Code::InvalidLink, "invalid_link"_L1, 400, "This link is not valid any more: ask for another one"_L1},
    {Code::ProviderError, "provider_error"_L1, 502, "The provider did not answer as it must"_L1},
    {Code::LimitReached, "limit_reached"_L1, 429, "Too Many Requests"_L1},
    {Code::Conflict, "conflict"_L1, 409, "Conflict"_L1},
    {Code::SettingFixed, "setting_fixed"_L1, 409, "Conflict"_L1},
    {Code::Busy, "busy"_L1, 503, "Service Unavailable"_L1},
    {Code::ConfigInvalid, "config_invalid"_L1, 500, "Internal Server Error"_L1},
    {Code::AddressTaken, "address_taken"_L1, 500, "Internal Server Error"_L1},
    {Code::AddressForbidden, "address_forbidden"_L1, 500, "Internal Server Error"_L1},
    {Code::AddressForeign, "address_foreign"_L1, 500, "Internal Server Error"_L1},
    {Code::CertificateInvalid, "certificate_invalid"_L1, 500, "Internal Server Error"_L1},
    {Code::ServerOutdated, "server_outdated"_L1, 500, "Internal Server Error"_L1},
    {Code::ProgramOutdated, "program_outdated"_L1, 500, "Internal Server Error"_L1},
    {Code::ConnectionLost, "connection_lost"_L1, 500, "Internal Server Error"_L1},
    {Code::AlreadyRunning, "already_running"_L1, 500, "Internal Server Error"_L1},
    {Code::StorageUnavailable, "storage_unavailable"_L1, 503, "Service Unavailable"_L1},
    {Code::StorageFailure, "storage_failure"_L1, 500, "Internal Server Error"_L1},
    {Code::CryptoFailure, "crypto_failure"_L1, 500, "Internal Server Error"_L1},
    {Code::Internal, "internal"_L1, 500, "Internal Server Error"_L1},
    {Code::RequestTimeout, "request_timeout"_L1, 408, "Request Timeout"_L1},
    {Code::UriTooLong, "uri_too_long"_L1, 414, "URI Too Long"_L1},
    {Code::ExpectationFailed, "expectation_failed"_L1, 417, "Expectation Failed"_L1},
    {Code::HeadersTooLarge, "headers_too_large"_L1, 431, "Request Header Fields Too Large"_L1},
    {Code::NotImplemented, "not_implemented"_L1, 501, "Not Implemented"_L1},
    {Code::VersionNotSupported, "version_not_supported"_L1, 505, "HTTP Version Not Supported"_L1},
});

static_assert(kinds.size() == std::size_t(Code::VersionNotSupported) + 1
                  && std::ranges::all_of(kinds, [](const auto &row) { return &row == &kinds[std::size_t(row.code)]; }),
              "a row for each code, in their order");

const Kind &kindOf(ErrorCode code) { return kinds.at(std::size_t(code)); }

} // namespace

QLatin1StringView nameOf(ErrorCode code) { return kindOf(code).name; }

int statusOf(ErrorCode code) { return kindOf(code).status; }

QLatin1StringView textOf(ErrorCode code) { return kindOf(code).text; }

ErrorCode errorCodeFromName(QStringView name) { return findByName<ErrorCode>(kinds, name, &Kind::name).value_or(ErrorCode::Internal); }

} // namespace warder
