#include "core/crypto/AttestationObject.h"
#include "core/crypto/ClientData.h"
#include "core/crypto/Primitives.h"
#include "core/crypto/StrictCbor.h"
#include "core/crypto/WebAuthn.h"
#include "core/crypto/WebAuthnResponse.h"
#include "tests/fuzz/Check.h"

#include <QtCrypto>

#include <sanitizer/lsan_interface.h>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::fuzz;

/// What a browser brings from a ceremony: client data, a zero, and an attestation object or authenticator data. A verdict belongs to the
/// bytes of its item alone, and what is accepted holds what was asked for.
namespace {

const QString rpId = u"localhost"_s;
const QString origin = u"http://localhost:3000"_s;

void checkItem(const QByteArray &bytes)
{
    const auto item = firstCborItem(bytes);
    if (!item)
        return;
    check(item->size > 0 && item->size <= bytes.size(), "an item beyond its bytes");
    const auto again = firstCborItem(bytes.first(item->size));
    check(again && again->value == item->value && again->size == item->size, "what follows an item changes it");
    check(!firstCborItem(bytes.first(item->size - 1)), "an item that is complete too early");
    const QByteArray written = item->value.toCbor();
    const auto back = firstCborItem(written);
    check(back && back->value == item->value && back->size == written.size(), "an item that Qt writes otherwise than we read");
}

void checkAttested(const QByteArray &bytes)
{
    const auto object = AttestationObject::parse(bytes);
    if (!object || !object->data.credential)
        return;
    const AttestedCredential &credential = *object->data.credential;
    check(!credential.id.isEmpty() && credential.id.size() <= AttestedCredential::longestId, "an id of a bad length");
    check(CoseKey::first(credential.publicKey).has_value(), "a key that does not load again");
    check(credential.publicKey.size() == credential.key.size(), "a key with something behind it");
    check(!AttestationObject::parse(bytes + '\0'), "something behind an attestation object");
}

void checkCeremony(const QByteArray &json, const QByteArray &bytes)
{
    const auto data = ClientData::parse(json);
    const auto object = AttestationObject::parse(bytes);
    if (!data || !object || !object->data.credential)
        return;
    const webauthn::Expectation expected {.challenge = data->challenge, .rpId = rpId, .origins = {origin}};
    const auto made =
        webauthn::verifyRegistration(expected, {.id = object->data.credential->id, .clientDataJson = json, .attestationObject = bytes});
    if (!made)
        return;
    check(data->type == "webauthn.create"_L1 && data->origin == origin && !data->isCrossOrigin, "another page's registration");
    check(object->data.rpIdHash == sha256(rpId.toUtf8()), "another site's registration");
    check(object->data.isPresent && object->data.isVerified && made->isVerified, "a registration of nobody");
    check(expected.algorithms.contains(made->algorithm), "an algorithm that was not offered");
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
    const auto end = bytes.indexOf('\0');
    const QByteArray json = bytes.first(std::max(end, qsizetype(0)));
    const QByteArray rest = bytes.sliced(end + 1);
    checkItem(rest);
    checkAttested(rest);
    checkCeremony(json, rest);
    if (const auto parsed = AuthenticatorData::parse(rest))
        check(!AuthenticatorData::parse(rest + '\0'), "something behind authenticator data");
    return 0;
}
