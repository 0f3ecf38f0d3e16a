#include "core/api/CallReader.h"

#include "core/base/Id.h"
#include "core/base/Text.h"
#include "core/mail/MailLanguages.h"
#include "core/net/HttpRequest.h"

#include <algorithm>
#include <cctype>

namespace warder {
namespace {

constexpr qsizetype longestUserAgent = 512;

using Known = QHttpHeaders::WellKnownHeader;

/// On one line, without what would turn it round.
QString userAgentOf(const QHttpHeaders &headers)
{
    const QString given = QString::fromUtf8(headers.value(Known::UserAgent)).left(longestUserAgent).replace(u'\t', u' ');
    if (std::ranges::all_of(given, [](QChar c) { return c >= u' ' && c <= u'~'; }))
        return given;
    QString text;
    for (const uint character : given.toUcs4()) {
        if (isPlain(character))
            text += QString::fromUcs4(reinterpret_cast<const char32_t *>(&character), 1);
    }
    return text;
}

/// The client's own id when it is short and plain, so that a request can be followed through several servers.
QString requestIdOf(const QHttpHeaders &headers, TimePoint now)
{
    const QByteArrayView given = headers.value("X-Request-Id");
    const bool plain =
        std::ranges::all_of(given, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.'; });
    return !given.isEmpty() && given.size() <= 64 && plain ? QString::fromLatin1(given) : Id::create(now).toString();
}

} // namespace

Call readCall(HttpRequest &request, TimePoint now)
{
    Call call {.requestId = requestIdOf(request.headers, now),
               .method = request.method,
               .path = request.path,
               .cookies = cookiesOf(request.headers),
               .client = {.address = request.client,
                          .userAgent = userAgentOf(request.headers),
                          .language = mail_languages::asked(request.headers.value(Known::AcceptLanguage))},
               .secure = request.secure,
               .isLocal = request.client.isLoopback() && !request.forwarded,
               .now = now};
    call.headers = std::move(request.headers);
    return call;
}

} // namespace warder
