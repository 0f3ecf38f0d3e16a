#pragma once

#include "core/base/Clock.h"

#include <QByteArray>
#include <QByteArrayList>

#include <curl/curl.h>

#include <memory>

/// What HttpsClient and SmtpClient share of libcurl. Any thread.
namespace warder::curl {

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using Lines = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

/// Once for the process; the first call comes before other threads ask. Ends the process where it cannot be.
void setUp();

/// Null where there is no memory.
Handle newHandle();

/// `chosen`, or where that is empty the authorities that the system believes, as PEM.
QByteArray authoritiesOr(const QByteArray &chosen);

/// TLS 1.2 or newer with a certificate that `authorities` (which must outlive the handle) vouch for, no proxy whatever the environment
/// says, nothing but these protocols ("https,http"), no redirect, no user in the URL.
void secure(CURL *handle, const char *protocols, const curl_blob &authorities);

/// For all of it, and for the way to the server, which may take no longer than `connecting`. Without signals, which would hit any thread.
void bound(CURL *handle, Milliseconds timeout, Milliseconds connecting);

Lines linesOf(const QByteArrayList &lines);

} // namespace warder::curl
