#include "core/crypto/AttestationObject.h"

#include "core/crypto/StrictCbor.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestFormat = 32; // L3 §8.1

std::unexpected<Error> badObject(const QString &why) { return refused(ErrorCode::InvalidInput, why); }

/// L3 §8.1: printable US-ASCII without backslash and double quote; of those that are registered, none has more than these.
bool isFormat(const QString &text)
{
    static const QRegularExpression form(u"\\A[A-Za-z0-9._-]+\\z"_s);
    return text.size() <= longestFormat && form.match(text).hasMatch();
}

} // namespace

Result<AttestationObject> AttestationObject::parse(QByteArrayView bytes)
{
    if (bytes.size() > longest)
        return badObject(u"the attestation object is too long"_s);
    const auto item = firstCborItem(bytes);
    if (!item || !item->value.isMap() || item->size != bytes.size())
        return badObject(u"the attestation object is not one CBOR map of the form that authenticators write"_s);
    const QCborMap map = item->value.toMap();
    const QCborValue authData = map.value("authData"_L1);
    if (!map.value("attStmt"_L1).isMap() || !authData.isByteArray() || !isFormat(map.value("fmt"_L1).toString()))
        return badObject(u"the attestation object lacks a member, or has a wrong one"_s);
    const auto data = AuthenticatorData::parse(authData.toByteArray());
    if (!data)
        return refused(data);
    return AttestationObject {.authenticatorData = authData.toByteArray(),
                              .data = *data,
                              .format = map.value("fmt"_L1).toString(),
                              .statement = map.value("attStmt"_L1).toMap()};
}

Result<QString> AttestationObject::attestation(const QByteArray &clientDataHash) const
{
    if (format == "none"_L1)
        return statement.isEmpty() ? Result<QString>(u"none"_s) : badObject(u"a statement of the format none"_s);
    if (format != "packed"_L1 || statement.contains("x5c"_L1))
        return u"unverified:"_s + format;
    const CoseKey &key = data.credential->key;
    const QCborValue algorithm = statement.value("alg"_L1);
    const QCborValue signature = statement.value("sig"_L1);
    const bool isOfKey = algorithm.isInteger() && algorithm.toInteger() == qint64(key.algorithm()) && signature.isByteArray();
    if (!isOfKey || !key.verify(authenticatorData + clientDataHash, signature.toByteArray()))
        return badObject(u"the new key did not sign its own statement"_s);
    return u"self"_s;
}

} // namespace warder
