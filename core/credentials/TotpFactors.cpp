#include "core/credentials/TotpFactors.h"

#include "core/accounts/AccountFaults.h"
#include "core/credentials/QrCode.h"
#include "core/crypto/Sealer.h"
#include "core/crypto/Totp.h"
#include "core/sealing/SealedColumns.h"
#include "core/storage/Database.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QByteArray contextOf(const TotpFactor &factor) { return sealed_columns::contextOfTotpFactor(factor.id, factor.user); }

Result<void> checkLimit(DbConnection &connection, Id user)
{
    const auto count = TotpStore::countByUser(connection, user);
    if (!count)
        return refused(count);
    return *count < TotpFactors::mostOfUser ? Result<void>() : refused(ErrorCode::FactorLimit, u"as many apps as one may have"_s);
}

} // namespace

TotpFactors::TotpFactors(Database &database, const Sealer &sealer, FactorPolicy policy)
    : m_database(database), m_sealer(sealer), m_policy(std::move(policy))
{}

Result<NewTotp> TotpFactors::begin(const User &user, const QString &name, TimePoint now,
                                   const std::function<Result<void>(Transaction &)> &check)
{
    if (const auto fault = nameFault(u"name"_s, name))
        return std::unexpected(unacceptable({*fault}));
    const SecretBytes secret = Totp::newSecret();
    const TotpFactor factor {.id = Id::create(now), .user = user.id, .name = tidyName(name), .createdAt = now};
    const auto sealing = m_sealer.hold();
    const TotpStore::Stored row {.factor = factor, .sealed = m_sealer.seal(secret.view(), contextOf(factor))};
    const auto stored = m_database.write([&](Transaction &transaction) {
        return (check ? check(transaction) : Result<void>())
            .and_then([&] { return checkLimit(transaction, user.id); })
            .and_then([&] { return TotpStore::removeUnconfirmed(transaction, user.id); })
            .and_then([&] { return TotpStore::insert(transaction, row); });
    });
    if (!stored)
        return refused(stored);
    const QString uri = Totp::uriFor(m_policy.issuer, user.email, secret.view());
    return NewTotp {
        .id = factor.id, .secret = Totp::toBase32(secret.view()), .uri = uri, .qrSvg = qrCodeSvg(uri), .life = m_policy.setUpLife};
}

Result<std::optional<MatchedCode>> TotpFactors::matchOne(const TotpStore::Stored &stored, QStringView typed, TimePoint now) const
{
    const auto secret = m_sealer.open(stored.sealed, contextOf(stored.factor));
    if (!secret)
        return refused(secret);
    return Totp::match(secret->view(), typed, now, stored.lastStep).transform([&stored](qint64 step) {
        return MatchedCode {.factor = stored.factor.id, .step = step};
    });
}

Result<std::optional<MatchedCode>> TotpFactors::match(Id user, QStringView typed, TimePoint now) const
{
    const auto rows = TotpStore::findByUser(m_database.reader(), user);
    if (!rows)
        return refused(rows);
    std::optional<MatchedCode> found;
    for (const TotpStore::Stored &row : *rows) {
        const auto one = matchOne(row, typed, now);
        if (!one)
            return refused(one);
        if (*one && !found)
            found = *one;
    }
    return found;
}

Result<std::optional<MatchedCode>> TotpFactors::matchNew(Id user, Id factor, QStringView typed, TimePoint now) const
{
    const auto row = TotpStore::findUnconfirmed(m_database.reader(), user, factor, now - m_policy.setUpLife);
    if (!row)
        return refused(row);
    if (!*row)
        return refused(ErrorCode::NotFound, u"no app is being set up under this id"_s);
    return matchOne(**row, typed, now);
}

Result<bool> TotpFactors::spend(Transaction &transaction, const MatchedCode &code, TimePoint now)
{
    return TotpStore::spend(transaction, code.factor, code.step, now);
}

Result<void> TotpFactors::confirm(Transaction &transaction, Id user, const MatchedCode &code, TimePoint now)
{
    if (const auto within = checkLimit(transaction, user); !within)
        return refused(within);
    const auto confirmed = TotpStore::confirm(transaction, user, code.factor, code.step, now);
    if (!confirmed)
        return refused(confirmed);
    return *confirmed ? Result<void>() : refused(ErrorCode::NotFound, u"the app was confirmed or replaced meanwhile"_s);
}

Result<void> TotpFactors::remove(Transaction &transaction, Id user, Id factor)
{
    const auto removed = TotpStore::remove(transaction, user, factor);
    if (!removed)
        return refused(removed);
    return *removed ? Result<void>() : refused(ErrorCode::NotFound, u"the account has no such app"_s);
}

Result<QList<TotpFactor>> TotpFactors::findByUser(Id user) const
{
    return TotpStore::findByUser(m_database.reader(), user).transform([](const QList<TotpStore::Stored> &rows) {
        QList<TotpFactor> factors;
        for (const TotpStore::Stored &row : rows)
            factors += row.factor;
        return factors;
    });
}

} // namespace warder
