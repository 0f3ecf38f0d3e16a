#include "core/credentials/Challenges.h"

#include "core/base/Bytes.h"
#include "core/base/StrictJson.h"
#include "core/credentials/ChallengeStore.h"
#include "core/crypto/Primitives.h"
#include "core/crypto/Sealer.h"
#include "core/sealing/SealedColumns.h"
#include "core/storage/Database.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype secretSize = 32;

QByteArray contextOf(const Challenge &challenge) { return sealed_columns::contextOfChallenge(challenge.id, nameOf(challenge.purpose)); }

Result<Challenge> opened(const Sealer &sealer, const Result<std::optional<ChallengeStore::Stored>> &found)
{
    if (!found)
        return refused(found);
    if (!*found)
        return refused(ErrorCode::InvalidToken, u"no such challenge: over, spent, or tried too often"_s);
    Challenge challenge = (*found)->challenge;
    const auto plain = sealer.open((*found)->sealed, contextOf(challenge));
    if (!plain)
        return refused(plain);
    const auto data = parseStrictJsonObject(plain->view());
    if (!data)
        return refused(ErrorCode::CryptoFailure, u"what is sealed in a challenge is no JSON object"_s);
    challenge.data = *data;
    return challenge;
}

} // namespace

Challenges::Challenges(Database &database, const Sealer &sealer) : m_database(database), m_sealer(sealer) {}

std::optional<QByteArray> Challenges::idOf(QByteArrayView secret)
{
    const auto bytes = fromBase64Url(secret);
    return bytes && bytes->size() == secretSize ? std::optional(sha256(*bytes)) : std::nullopt;
}

Result<OpenedChallenge> Challenges::open(const NewChallenge &wanted, TimePoint now)
{
    return m_database.write([&](Transaction &transaction) { return openWithin(transaction, wanted, now); });
}

Result<OpenedChallenge> Challenges::openWithin(Transaction &transaction, const NewChallenge &wanted, TimePoint now)
{
    const QByteArray secret = wanted.secret.isEmpty() ? randomBytes(secretSize) : wanted.secret;
    Q_ASSERT(secret.size() == secretSize);
    const ChallengeStore::Stored unsealed {.challenge = {.id = sha256(secret),
                                                         .purpose = wanted.purpose,
                                                         .user = wanted.user,
                                                         .session = wanted.session,
                                                         .createdAt = now,
                                                         .expiresAt = now + wanted.life},
                                           .sealed = {}};
    const Challenge &challenge = unsealed.challenge;
    const QByteArray data = QJsonDocument(wanted.data).toJson(QJsonDocument::Compact);
    const auto sealed = sealed_columns::sealWithin(transaction, m_sealer, data, contextOf(challenge));
    if (!sealed)
        return refused(sealed);
    const ChallengeStore::Stored row {.challenge = challenge, .sealed = *sealed};
    const auto stored = ChallengeStore::insert(transaction, row).and_then([&] {
        return wanted.user ? ChallengeStore::trimUser(transaction, challenge, mostOfUser(wanted.purpose) - 1)
                           : ChallengeStore::trimNobody(transaction, mostOfNobody);
    });
    if (!stored)
        return refused(stored);
    return OpenedChallenge {.secret = toBase64Url(secret), .id = challenge.id, .expiresAt = challenge.expiresAt};
}

Result<Challenge> Challenges::find(const QByteArray &id, ChallengePurpose purpose, TimePoint now) const
{
    return opened(m_sealer, ChallengeStore::find(m_database.reader(), id, purpose, mostAttempts, now));
}

Result<Challenge> Challenges::findSpendable(const QByteArray &id, ChallengePurpose purpose, TimePoint now) const
{
    return opened(m_sealer, ChallengeStore::findSpendable(m_database.reader(), id, purpose, now));
}

Result<Challenge> Challenges::attempt(const QByteArray &id, ChallengePurpose purpose, TimePoint now)
{
    return opened(m_sealer, m_database.write([&](Transaction &transaction) {
        return ChallengeStore::countAttempt(transaction, id, purpose, mostAttempts, now);
    }));
}

Result<Challenge> Challenges::spend(Transaction &transaction, const QByteArray &id, ChallengePurpose purpose, TimePoint now)
{
    return opened(m_sealer, ChallengeStore::remove(transaction, id, purpose, now));
}

Result<Challenge> Challenges::take(const QByteArray &id, ChallengePurpose purpose, TimePoint now)
{
    return opened(m_sealer,
                  m_database.write([&](Transaction &transaction) { return ChallengeStore::remove(transaction, id, purpose, now); }));
}

Result<Challenge> Challenges::answer(Transaction &transaction, const QByteArray &id, ChallengePurpose purpose, TimePoint now)
{
    return opened(m_sealer, ChallengeStore::answer(transaction, id, purpose, now));
}

Result<bool> Challenges::hasAnswered(Transaction &transaction, Id user, ChallengePurpose purpose, TimePoint now)
{
    return ChallengeStore::hasAnswered(transaction, user, purpose, now);
}

Result<bool> Challenges::bind(Transaction &transaction, const QByteArray &id, ChallengePurpose purpose, Id user, TimePoint now)
{
    const auto given = ChallengeStore::bind(transaction, id, purpose, user, now);
    if (!given || !*given)
        return given;
    return ChallengeStore::answerOldest(transaction, user, purpose, mostOfUser(purpose), now).transform([] { return true; });
}

Result<qint64> Challenges::countByUser(Transaction &transaction, Id user, ChallengePurpose purpose, TimePoint now)
{
    return ChallengeStore::countByUser(transaction, user, purpose, now);
}

Result<void> Challenges::removeByPurpose(Transaction &transaction, Id user, ChallengePurpose purpose)
{
    return ChallengeStore::removeByPurpose(transaction, user, purpose);
}

Result<void> Challenges::voidAgreements(Transaction &transaction, Id user)
{
    constexpr auto purpose = ChallengePurpose::EmailChangeOld;
    return ChallengeStore::voidAnswers(transaction, user, purpose).and_then([&] {
        return ChallengeStore::keepFirst(transaction, user, purpose, mostOfUser(purpose) - 1);
    });
}

Result<void> Challenges::removeSignIns(Transaction &transaction, Id user)
{
    Result<void> removed;
    for (int each = 0; !isLinkOfMail(ChallengePurpose(each)); ++each)
        removed = removed.and_then([&] { return ChallengeStore::removeByPurpose(transaction, user, ChallengePurpose(each)); });
    return removed;
}

Result<void> Challenges::removeAll(Transaction &transaction, Id user) { return ChallengeStore::removeByUser(transaction, user); }

} // namespace warder
