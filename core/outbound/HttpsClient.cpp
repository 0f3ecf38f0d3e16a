#include "core/outbound/HttpsClient.h"

#include "core/outbound/Curl.h"
#include "core/outbound/PublicAddresses.h"

#include <QHostAddress>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

struct Body
{
    QByteArray bytes;
    qsizetype most = 0;
};

size_t take(char *data, size_t, size_t size, void *into) // NOLINT(readability-non-const-parameter): libcurl's type
{
    auto &body = *static_cast<Body *>(into);
    if (size_t(body.most - body.bytes.size()) < size)
        return CURL_WRITEFUNC_ERROR;
    body.bytes.append(data, qsizetype(size));
    return size;
}

/// Who was reached is known now, and nothing has been asked yet. (The address that a name had before may not be that of the connection.)
int judgePeer(void *into, char *peer, char *, int, int) // NOLINT(readability-non-const-parameter): libcurl's type
{
    const QString address = QString::fromLatin1(peer);
    if (isPublicAddress(QHostAddress(address)))
        return CURL_PREREQFUNC_OK;
    *static_cast<QString *>(into) = address;
    return CURL_PREREQFUNC_ABORT;
}

/// Nobody can listen in on the way to this machine's own address. A name could lead elsewhere.
bool isOwnAddress(const QUrl &url)
{
    QHostAddress address;
    return address.setAddress(url.host()) && address.isLoopback();
}

/// What is asked, and how the answer comes back.
void pose(CURL *curl, const OutboundRequest &request, curl_slist *lines, Body &body)
{
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, long(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(curl, CURLOPT_URL, request.url.constData());
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "Warder");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, lines);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &body);
    if (!request.form)
        return;
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, long(request.form->size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.form->constData());
}

OutboundAnswer answerOf(CURL *curl, Body &body)
{
    long status = 0;
    char *type = nullptr;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
    const QByteArray said = QByteArray(type).split(';').first().trimmed().toLower();
    return {.status = int(status), .type = said, .body = std::move(body.bytes)};
}

} // namespace

bool HttpsClient::mayBeAsked(const QByteArray &url)
{
    const QUrl parsed = QUrl::fromEncoded(url, QUrl::StrictMode);
    const bool isPlain = parsed.scheme() == "http"_L1;
    return parsed.isValid() && !parsed.host().isEmpty() && parsed.userInfo().isEmpty()
           && (parsed.scheme() == "https"_L1 || (isPlain && isOwnAddress(parsed)));
}

HttpsClient::HttpsClient(QByteArray authorities) : m_authorities(std::move(authorities)) { curl::setUp(); }

std::expected<OutboundAnswer, QString> HttpsClient::ask(const OutboundRequest &request) const
{
    const curl::Handle handle = curl::newHandle();
    if (!handle)
        return std::unexpected(u"libcurl has no memory"_s);
    const QUrl url = QUrl::fromEncoded(request.url, QUrl::StrictMode);
    QByteArray pem = url.scheme() == "http"_L1 ? QByteArray() : curl::authoritiesOr(m_authorities);
    const curl_blob authorities {.data = pem.data(), .len = size_t(pem.size()), .flags = CURL_BLOB_NOCOPY};
    curl::secure(handle.get(), isOwnAddress(url) ? "https,http" : "https", authorities);
    curl::bound(handle.get(), request.timeout, request.timeout);
    QByteArrayList headers = request.headers;
    if (request.form)
        headers += "Expect:"; // or a second is lost where a server does not know 100-continue
    const curl::Lines lines = curl::linesOf(headers);
    Body body {.bytes = {}, .most = request.mostBytes};
    pose(handle.get(), request, lines.get(), body);
    QString foreign;
    if (request.onlyPublic) {
        curl_easy_setopt(handle.get(), CURLOPT_PREREQFUNCTION, &judgePeer);
        curl_easy_setopt(handle.get(), CURLOPT_PREREQDATA, &foreign);
    }
    const CURLcode done = curl_easy_perform(handle.get());
    if (!foreign.isEmpty())
        return std::unexpected(u"the name leads to %1, which is no address of the internet"_s.arg(foreign));
    if (done != CURLE_OK)
        return std::unexpected(QString::fromUtf8(curl_easy_strerror(done)));
    return answerOf(handle.get(), body);
}

} // namespace warder
