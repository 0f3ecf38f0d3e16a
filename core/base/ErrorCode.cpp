#include "core/base/ErrorCode.h"

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr std::array names {
    std::pair {ErrorCode::InvalidInput, "invalid_input"_L1},
    std::pair {ErrorCode::InvalidCredentials, "invalid_credentials"_L1},
    std::pair {ErrorCode::NotAuthenticated, "not_authenticated"_L1},
    std::pair {ErrorCode::InvalidToken, "invalid_token"_L1},
    std::pair {ErrorCode::AccountDisabled, "account_disabled"_L1},
    std::pair {ErrorCode::MissingRole, "missing_role"_L1},
    std::pair {ErrorCode::CsrfFailed, "csrf_failed"_L1},
    std::pair {ErrorCode::OriginRefused, "origin_refused"_L1},
    std::pair {ErrorCode::EmailTaken, "email_taken"_L1},
    std::pair {ErrorCode::NotFound, "not_found"_L1},
    std::pair {ErrorCode::RouteNotFound, "route_not_found"_L1},
    std::pair {ErrorCode::MethodNotAllowed, "method_not_allowed"_L1},
    std::pair {ErrorCode::BadRequest, "bad_request"_L1},
    std::pair {ErrorCode::BodyTooLarge, "body_too_large"_L1},
    std::pair {ErrorCode::UnsupportedMediaType, "unsupported_media_type"_L1},
    std::pair {ErrorCode::UnsupportedEncoding, "unsupported_content_encoding"_L1},
    std::pair {ErrorCode::RegistrationClosed, "registration_closed"_L1},
    std::pair {ErrorCode::LimitReached, "limit_reached"_L1},
    std::pair {ErrorCode::Conflict, "conflict"_L1},
    std::pair {ErrorCode::Busy, "busy"_L1},
    std::pair {ErrorCode::ConfigInvalid, "config_invalid"_L1},
    std::pair {ErrorCode::AlreadyRunning, "already_running"_L1},
    std::pair {ErrorCode::StorageUnavailable, "storage_unavailable"_L1},
    std::pair {ErrorCode::StorageFailure, "storage_failure"_L1},
    std::pair {ErrorCode::CryptoFailure, "crypto_failure"_L1},
    std::pair {ErrorCode::Internal, "internal"_L1},
};

} // namespace

QString nameOf(ErrorCode code)
{
    for (const auto &[known, name] : names) {
        if (known == code)
            return name;
    }
    Q_UNREACHABLE_RETURN({});
}

ErrorCode errorCodeFromName(QStringView name)
{
    for (const auto &[code, known] : names) {
        if (name == known)
            return code;
    }
    return ErrorCode::Internal;
}

} // namespace warder
