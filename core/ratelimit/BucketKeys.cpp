#include "core/ratelimit/BucketKeys.h"

#include <QRandomGenerator>

#include <array>

namespace warder {
namespace {

QStringView accountIn(const RateSubject &subject) { return QStringView(subject.accountKey).left(longestAccountKey); }

size_t hashOf(QStringView text, size_t seed) { return qHashBits(text.utf16(), size_t(text.size()) * sizeof(char16_t), seed); }

bool hasAccount(RateKey key) { return key == RateKey::Account || key == RateKey::AddressAndAccount; }

} // namespace

BucketKeys::BucketKeys()
    : m_first(size_t(QRandomGenerator::system()->generate64())), m_second(size_t(QRandomGenerator::system()->generate64()))
{}

std::optional<BucketKey> BucketKeys::of(const CompiledRule &rule, const RateSubject &subject) const
{
    struct
    {
        quint64 rule;
        AddressBytes address {};
        std::array<quint64, 2> name {};
    } parts {.rule = rule.seed};
    static_assert(sizeof(parts) == 40); // no gaps: all of it is hashed

    const RateKey key = rule.rule.key;
    if (key == RateKey::Address || key == RateKey::AddressAndAccount)
        parts.address = countedBytes(subject.address);
    if (key == RateKey::Network)
        parts.address = networkBytes(subject.address);
    if (hasAccount(key)) {
        if (subject.accountKey.isEmpty())
            return std::nullopt;
        parts.name = {hashOf(accountIn(subject), m_first), hashOf(accountIn(subject), m_second)};
    }
    if (key == RateKey::Session) {
        if (subject.session.isNull())
            return std::nullopt;
        parts.name = {qHash(subject.session, m_first), qHash(subject.session, m_second)};
    }
    return BucketKey {.first = qHashBits(&parts, sizeof(parts), m_first), .second = qHashBits(&parts, sizeof(parts), m_second)};
}

std::optional<BucketKey> BucketKeys::ofTexts(const CompiledRule &rule, const QString &address, const QString &account) const
{
    const RateKey key = rule.rule.key;
    const auto from = key == RateKey::Account ? std::optional(QHostAddress()) : addressInText(address);
    const bool fits =
        key != RateKey::Session && from && hasAccount(key) == !account.isEmpty() && (key != RateKey::Account || address.isEmpty());
    if (!fits)
        return std::nullopt;
    const RateSubject subject {.address = *from, .accountKey = account, .session = {}};
    return countedTexts(key, subject) == CountedTexts {address, account} ? of(rule, subject) : std::nullopt;
}

CountedTexts countedTexts(RateKey key, const RateSubject &subject)
{
    const QString account = subject.accountKey.left(longestAccountKey);
    switch (key) {
    case RateKey::Address:           return {.address = countedAddressText(subject.address), .account = {}};
    case RateKey::Network:           return {.address = countedNetworkText(subject.address), .account = {}};
    case RateKey::Account:           return {.address = {}, .account = account};
    case RateKey::AddressAndAccount: return {.address = countedAddressText(subject.address), .account = account};
    case RateKey::Session:           return {.address = countedAddressText(subject.address), .account = {}};
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace warder
