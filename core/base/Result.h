#pragma once

#include "core/base/Error.h"

#include <expected>

namespace warder {

/// A value, or why there is none. Refusals are values; exceptions are for bugs.
template <typename T>
using Result = std::expected<T, Error>;

/// `return refused(ErrorCode::NotFound, u"no such session"_s);`
inline std::unexpected<Error> refused(ErrorCode code, QString detail = {})
{
    return std::unexpected(Error {.code = code, .detail = std::move(detail)});
}

/// Passes the error of another Result on: `if (!row) return refused(row);`
template <typename T>
std::unexpected<Error> refused(const Result<T> &failed)
{
    return std::unexpected(failed.error());
}

/// The same where what came before it stays done, `ended` sessions that were ended among it.
template <typename T>
std::unexpected<Error> refusedMidway(const Result<T> &failed, qint64 ended = 0)
{
    Error error = failed.error();
    error.ended = error.ended.value_or(0) + ended;
    return std::unexpected(std::move(error));
}

} // namespace warder
