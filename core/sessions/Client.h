#pragma once

#include <QHostAddress>
#include <QString>

namespace warder {

/// Who asks, as far as the network tells: taken from the socket or from the trusted proxies, never from a header alone.
struct Client
{
    QHostAddress address;
    QString userAgent;     ///< At most 512 characters; control characters removed.
    QString language = {}; ///< Of mails, as the browser asks for it (mail_languages::asked()); empty: it does not say.
};

} // namespace warder
