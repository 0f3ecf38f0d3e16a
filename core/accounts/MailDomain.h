#pragma once

#include "core/base/FaultReason.h"

#include <QString>

#include <expected>

namespace warder {

/// The part behind the @ of an e-mail address, in the two forms of one name (UTS #46, nontransitional).
struct MailDomain
{
    QString ascii; ///< "xn--bcher-kva.example": what mail servers know, always lower case.
    QString text;  ///< "bücher.example": what people read; capitals of a plain one stay ("Example.COM").

    /// The name, or why it is none. Typed with capitals, wide letters or invisible ones it is the same name as
    /// without. At most 253 UTF-16 units are looked at. Any thread.
    static std::expected<MailDomain, FaultReason> parse(QStringView typed);
};

} // namespace warder
