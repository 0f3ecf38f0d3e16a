#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace warder {

/// E-mail addresses as mail servers take them. Whether an account may have one is another question (core/accounts/EmailAddress.h). Pure;
/// any thread; every function looks at a text's size before anything else.
namespace mail_address {

/// The address for SMTP and headers: its domain in ASCII form, before the @ as it is (letters beyond ASCII need SMTPUTF8 all the way).
/// Nothing for what no server takes, and for what would be more than an address there: blanks, control characters, quotes, < and >.
std::optional<QByteArray> toWire(QStringView address);

/// Who is one recipient where mails are counted: no capitals. Of what is no address its first 254 characters.
QString keyOf(QStringView address);

} // namespace mail_address
} // namespace warder
