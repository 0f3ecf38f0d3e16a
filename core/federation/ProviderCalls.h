#pragma once

#include "core/federation/Checked.h"
#include "core/federation/FederationPolicy.h"
#include "core/outbound/HttpsClient.h"

#include <QJsonObject>
#include <QJsonValue>

namespace warder {

/// What a provider said, whatever its status.
struct ProviderAnswer
{
    int status = 0;
    std::optional<QJsonValue> json = {}; ///< Nothing where it was none, or did not call itself so.
};

/// The questions of one walk to a provider: each bounded in time and size, all of them together in time. Answers are read as strictly as
/// requests of strangers. One thread's, that of the walk.
class ProviderCalls final
{
public:
    ProviderCalls(const HttpsClient &client, const FederationPolicy &policy);

    /// `headers` beside Accept: of ours only.
    Checked<ProviderAnswer> get(const QByteArray &url, const QByteArrayList &headers = {}) const;
    Checked<ProviderAnswer> post(const QByteArray &url, const QByteArray &form, const QByteArrayList &headers = {}) const;

    /// A 200 with a JSON object, or what else it was.
    Checked<QJsonObject> getObject(const QByteArray &url, const QByteArrayList &headers = {}) const;

private:
    Checked<ProviderAnswer> ask(OutboundRequest request) const;

    const HttpsClient &m_client;
    const FederationPolicy &m_policy;
    const std::chrono::steady_clock::time_point m_end;
};

/// "https://example.com/token": without what may be secret in its query, for a sentence. Pure.
QString placeOf(const QByteArray &url);

} // namespace warder
