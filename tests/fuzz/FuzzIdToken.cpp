#include "core/base/StrictJson.h"
#include "core/federation/IdToken.h"
#include "core/federation/ProviderMetadata.h"
#include "core/outbound/HttpsClient.h"
#include "tests/fuzz/Check.h"

#include <QtCrypto>

#include <sanitizer/lsan_interface.h>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::fuzz;

/// What a provider says: a discovery document, a zero, a set of keys, a zero, an id_token. A document that is believed is of its own issuer
/// and leads nowhere but over TLS; a token that is believed is signed by one of the keys and holds what was expected.
namespace {

const Provider provider {.name = u"example"_s, .kind = ProviderKind::Oidc, .issuer = u"https://id.example"_s, .clientId = u"warder"_s};
const Provider tenants {.name = u"m"_s,
                        .kind = ProviderKind::Microsoft,
                        .issuer = u"https://login.microsoftonline.com/common/v2.0"_s,
                        .clientId = u"warder"_s,
                        .options = {.tenant = u"common"_s}};
const TimePoint now = fromMilliseconds(1'800'000'000'000);

QJsonObject objectIn(const QByteArray &bytes)
{
    return parseStrictJsonObject(bytes, {.depth = 16, .values = 8192}).value_or(QJsonObject());
}

void checkDocument(const Provider &of, const QJsonObject &document)
{
    const auto read = provider_metadata::read(of, document);
    if (!read)
        return check(!read.error().isEmpty() && !read.error().contains(u'\n'), "a refusal that is no sentence");
    for (const QByteArray &place : {read->authorizationEndpoint, read->tokenEndpoint, read->jwksUri})
        check(HttpsClient::mayBeAsked(place), "a place that may not be asked");
    check(provider_metadata::issuerBehind(*read, u"https://evil.example"_s) == std::nullopt, "anybody's issuer");
    if (of.kind == ProviderKind::Oidc)
        check(read->issuer == of.issuer, "another's document");
}

void checkToken(const QByteArray &token, const ProviderKeys &keys)
{
    const ProviderMetadata metadata {.issuer = provider.issuer};
    const auto claims = verifyIdToken(token, keys, {.metadata = metadata, .clientId = provider.clientId, .nonce = "n", .now = now});
    if (!claims)
        return check(!claims.error().sentence.isEmpty() && !claims.error().sentence.contains(u'\n'), "a refusal that is no sentence");
    check(!keys.isEmpty(), "a token that nobody signed");
    check(claims->value("iss"_L1) == provider.issuer && claims->value("nonce"_L1) == "n"_L1, "another's token");
    check(!verifyIdToken(token, ProviderKeys(), {.metadata = metadata, .clientId = provider.clientId, .nonce = "n", .now = now}),
          "a token that needs no key");
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int *, char ***)
{
    const __lsan::ScopedDisabler loading; // QCA's plugin loads OpenSSL's legacy provider and never lets go of it
    static const QCA::Initializer qca;
    QCA::isSupported("sha256");
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    const QByteArrayList parts = bytes.split('\0');
    checkDocument(provider, objectIn(parts.value(0)));
    checkDocument(tenants, objectIn(parts.value(0)));
    checkToken(parts.value(2), ProviderKeys::read(objectIn(parts.value(1))));
    return 0;
}
