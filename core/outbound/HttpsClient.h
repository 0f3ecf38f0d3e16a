#pragma once

#include "core/base/Clock.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include <expected>
#include <optional>

namespace warder {

/// One question to another server.
struct OutboundRequest
{
    QByteArray url;              ///< https, or http at an address of this machine: "http://127.0.0.1:8080/range/5BAA6".
    QByteArrayList headers = {}; ///< "Add-Padding: true"; of ours only, never of a stranger: a line end in one would be another one.
    std::optional<QByteArray> form = {}; ///< Sent by POST, as application/x-www-form-urlencoded; nothing: GET.
    Milliseconds timeout = Seconds {5};  ///< For all of it, from the look-up of the name to the last byte.
    qsizetype mostBytes = 256 * 1024;    ///< Of the answer's body. A longer one is no answer.
    bool onlyPublic = false;             ///< Asks no machine but those of the internet (isPublicAddress()), wherever the name leads.
};

struct OutboundAnswer
{
    int status = 0;
    QByteArray type = {}; ///< "application/json": in small letters, without parameters; empty: it did not say.
    QByteArray body = {};
};

/// Asks other servers over HTTPS, by libcurl: TLS 1.2 or newer with a certificate that the system believes, no proxy whatever the
/// environment says, no redirect, no cookie, no other protocol. Each question has a connection of its own. Any thread that may wait so
/// long (lane outbound, the console's), never an HTTP thread, a hashing lane or the writer; holds no state but the authorities. The first
/// one is made before other threads ask: libcurl is set up by it.
class HttpsClient final
{
public:
    /// `authorities`: PEM of those who may vouch for other servers; empty: the system's.
    explicit HttpsClient(QByteArray authorities = {});

    /// The answer, whatever its status; or why there is none, mostly in libcurl's words, which hold nothing of the question. Of one that is
    /// `onlyPublic` nothing is sent to another machine than those; who it is has been looked at by then, as TLS does.
    std::expected<OutboundAnswer, QString> ask(const OutboundRequest &request) const;

    /// Whether a URL is one that is asked at all: see OutboundRequest::url. Pure; any thread.
    static bool mayBeAsked(const QByteArray &url);

private:
    const QByteArray m_authorities;
};

} // namespace warder
