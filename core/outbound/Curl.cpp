#include "core/outbound/Curl.h"

#include <QSet>
#include <QSslCertificate>
#include <QSslConfiguration>

namespace warder {
namespace {

/// Where libcurl was built its path of them is right; elsewhere (a bundle, another system) Qt knows them. Read once, by the first who asks.
const QByteArray &systemAuthorities()
{
    static const QByteArray all = [] {
        QByteArray pem;
        const auto known = QSslConfiguration::systemCaCertificates();
        for (const QSslCertificate &authority : QSet(known.begin(), known.end())) // folders hold each in several files
            pem += authority.toPem();
        return pem;
    }();
    return all;
}

} // namespace

void curl::setUp()
{
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (ready != CURLE_OK)
        qFatal("libcurl cannot be set up: %s", curl_easy_strerror(ready));
}

curl::Handle curl::newHandle() { return {curl_easy_init(), &curl_easy_cleanup}; }

QByteArray curl::authoritiesOr(const QByteArray &chosen) { return chosen.isEmpty() ? systemAuthorities() : chosen; }

void curl::secure(CURL *handle, const char *protocols, const curl_blob &authorities)
{
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, protocols);
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_PROXY, ""); // http_proxy, all_proxy of the environment
    curl_easy_setopt(handle, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    curl_easy_setopt(handle, CURLOPT_SSLVERSION, long(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
    if (authorities.len > 0)
        curl_easy_setopt(handle, CURLOPT_CAINFO_BLOB, &authorities);
}

void curl::bound(CURL *handle, Milliseconds timeout, Milliseconds connecting)
{
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L); // time-outs by SIGALRM would hit any thread
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, long(timeout.count()));
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, long(connecting.count()));
    curl_easy_setopt(handle, CURLOPT_QUICK_EXIT, 1L); // or a name server that is silent is waited for beyond the time-out
}

curl::Lines curl::linesOf(const QByteArrayList &lines)
{
    Lines list(nullptr, &curl_slist_free_all);
    for (const QByteArray &line : lines) {
        if (curl_slist *longer = curl_slist_append(list.get(), line.constData())) {
            (void)list.release(); // it is the beginning of the longer one
            list.reset(longer);
        }
    }
    return list;
}

} // namespace warder
