#pragma once

#include "core/base/EnumNames.h"
#include "core/base/ErrorCode.h"
#include "core/base/Fault.h"

#include <QStringList>

#include <chrono>
#include <optional>

namespace warder {

/// What is the matter with the database, of a StorageUnavailable or StorageFailure.
enum class StorageTrouble { Other, Locked, Full, ReadOnly, Damaged };

template <>
inline constexpr std::array namesOf<StorageTrouble> {"other"_L1, "locked"_L1, "full"_L1, "read_only"_L1, "damaged"_L1};

/// Why something was refused. The code is for the caller; `detail`, `trouble` and `ended` are for the log and the admin and never cross
/// the network; `faults`, `retryAfter`, `methods` and `text` (in place of the code's own words) are for the caller, where the code says so.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QString detail = {};
    QList<Fault> faults = {};
    std::chrono::seconds retryAfter {0};
    QString text = {};
    QStringList methods =
        {}; ///< Of a ReauthenticationRequired: by what the caller may prove who they are. HTTP only: no order asks for it.
    StorageTrouble trouble = StorageTrouble::Other;
    /// Set where a part of the order is done and stays so, although the rest failed: how many sessions that part has ended.
    std::optional<qint64> ended = {};

    bool operator==(const Error &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("code"_L1, v.code, "detail"_L1, v.detail, "faults"_L1, v.faults, "retry_after"_L1, v.retryAfter, "text"_L1, v.text,
              "trouble"_L1, v.trouble, "ended"_L1, v.ended);
    }
};

} // namespace warder
