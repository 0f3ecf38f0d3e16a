#pragma once

#include "core/base/FaultReason.h"

#include <QString>
#include <QStringList>

#include <expected>

namespace warder {

/// An e-mail address that a new account may have. docs/accounts.md has the rules in plain words. Any thread; every function
/// looks at a text's size before anything else, whatever a stranger sends.
struct EmailAddress
{
    QString text; ///< Before the @ as typed (trimmed, NFC), behind it the domain as people read it.
    QString key;  ///< What makes two addresses the same: no capitals, domain in its ASCII form.

    /// The address, or why it is none.
    static std::expected<EmailAddress, FaultReason> parse(QStringView typed);

    /// The keys under which an account may be stored that is typed so, in the order to look for it. More than one where
    /// earlier versions had other keys or looser rules: whoever has such an account keeps it, and gets no twin.
    static QStringList keysOf(QStringView typed);

    /// Under which name tries at an account are counted, whatever was typed: one for all spellings of an address.
    static QString countedName(QStringView typed);
};

} // namespace warder
