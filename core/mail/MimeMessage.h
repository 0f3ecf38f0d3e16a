#pragma once

#include "core/base/Id.h"
#include "core/base/Result.h"

#include <QByteArray>
#include <QString>

namespace warder {

/// A mailbox (RFC 5322 §3.4).
struct Mailbox
{
    QString address;
    QString name = {};
};

/// A message to one person: the same words as text and as HTML.
struct MimeMessage
{
    Id id; ///< Becomes the Message-ID: what is sent twice is one to most programs.
    Mailbox from;
    QString to;
    QString replyTo = {}; ///< Empty: nobody else.
    QString subject;
    QString text;
    QString html;
    QString language; ///< BCP 47.
    TimePoint date;

    /// As it is sent (RFC 5322, 2045, 2047), with CR LF; no line is longer than 76 bytes but for an address that is. InvalidInput for an
    /// address that no mail server takes and for a header that would be more than one line. Pure; any thread.
    Result<QByteArray> toBytes() const;
};

} // namespace warder
