#include "core/tokens/KeyRing.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

bool mayVerify(const SigningKey &key, TimePoint now)
{
    // A standby has signed nothing yet; whoever reads the JWKS believes it, so that we do as well.
    return key.state == KeyState::Current || key.state == KeyState::Standby
           || (key.state == KeyState::Retiring && key.verifyUntil && now < *key.verifyUntil);
}

const SigningKey *firstOf(const QList<SigningKey> &keys, KeyPurpose purpose, KeyState state)
{
    const auto found = std::ranges::find_if(keys, [&](const SigningKey &key) { return key.purpose == purpose && key.state == state; });
    return found == keys.cend() ? nullptr : &*found;
}

} // namespace

const SigningKey &KeyRing::current(KeyPurpose purpose) const
{
    if (const SigningKey *key = firstOf(keys, purpose, KeyState::Current))
        return *key;
    qFatal("a key ring without a current key"); // makeMissing() made one of each purpose
}

const SigningKey &KeyRing::signing(KeyPurpose purpose) const
{
    const SigningKey &key = current(purpose);
    if (key.used && !key.used->load(std::memory_order_relaxed)) // no write in common where there is nothing to tell
        key.used->store(true);
    return key;
}

SignatureAlgorithm KeyRing::algorithmOf(KeyPurpose purpose) const
{
    return purpose == KeyPurpose::Access ? accessAlgorithm : SignatureAlgorithm::HS256;
}

const SigningKey *KeyRing::standby(KeyPurpose purpose) const { return firstOf(keys, purpose, KeyState::Standby); }

bool KeyRing::has(KeyPurpose purpose, KeyState state) const { return firstOf(keys, purpose, state); }

const SigningKey *KeyRing::find(QStringView kid) const
{
    const auto found = std::ranges::find(keys, kid, &SigningKey::kid);
    return found == keys.cend() ? nullptr : &*found;
}

const SigningKey *KeyRing::verifying(KeyPurpose purpose, QStringView kid, TimePoint now) const
{
    const SigningKey *key = find(kid);
    return key && key->purpose == purpose && mayVerify(*key, now) ? key : nullptr;
}

QList<const SigningKey *> KeyRing::verifying(KeyPurpose purpose, TimePoint now) const
{
    QList<const SigningKey *> found;
    for (const SigningKey &key : keys) {
        if (key.purpose == purpose && mayVerify(key, now))
            found += &key;
    }
    return found;
}

QList<const SigningKey *> KeyRing::verifyingCsrf(TimePoint now) const
{
    QList<const SigningKey *> found = verifying(KeyPurpose::Csrf, now);
    for (const SigningKey *key : verifying(KeyPurpose::Refresh, now)) {
        if (key->csrfUntil && now < *key->csrfUntil)
            found += key;
    }
    return found;
}

QStringList KeyRing::published(TimePoint now) const
{
    QStringList kids;
    for (const SigningKey *key : verifying(KeyPurpose::Access, now)) {
        if (isPublished(key->material->algorithm()))
            kids += key->kid;
    }
    return kids;
}

QJsonObject KeyRing::jwks(TimePoint now) const
{
    QJsonArray set;
    for (const SigningKey *key : verifying(KeyPurpose::Access, now)) {
        auto jwk = key->material->publicJwk();
        if (!jwk)
            continue;
        jwk->insert("kid"_L1, key->kid);
        if (key->state == KeyState::Current)
            set.prepend(*jwk);
        else
            set.append(*jwk);
    }
    return {{u"keys"_s, set}};
}

} // namespace warder
