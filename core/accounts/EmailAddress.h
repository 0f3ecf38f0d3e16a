#pragma once

#include <QString>

#include <expected>

namespace warder {

/// An e-mail address that has the right form.
struct EmailAddress
{
    QString text;                  ///< As typed, trimmed, NFC.
    QString key;                   ///< What makes two addresses the same: lower case, domain in its ASCII form.

    /// The address, or in words why it is none ("There must be something before the @-sign."). Any thread.
    static std::expected<EmailAddress, QString> parse(QStringView typed);
};

} // namespace warder
