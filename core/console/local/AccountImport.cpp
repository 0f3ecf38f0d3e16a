#include "core/console/local/AccountImport.h"

#include "core/accounts/AccountFaults.h"
#include "core/accounts/Accounts.h"
#include "core/accounts/EmailAddress.h"
#include "core/accounts/UserStore.h"
#include "core/audit/AuditStore.h"
#include "core/credentials/PasswordStore.h"
#include "core/signin/Registration.h"
#include "core/storage/Database.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype mostFaults = 1000;

Id digestOf(const QString &emailKey)
{
    return Id::fromBytes(QCryptographicHash::hash(emailKey.toUtf8(), QCryptographicHash::Sha256).first(16)).value_or(Id {});
}

std::unexpected<Error> unwritable(const QTemporaryFile &file)
{
    return refused(ErrorCode::StorageFailure, u"the accounts cannot be kept beside the database: %1"_s.arg(file.errorString()));
}

} // namespace

/// One that may be inserted as it is.
struct AccountImport::Judged
{
    qint64 line = 0;
    User user;
    QString emailKey;
    QString passwordHash;
};

namespace {

QDataStream &operator<<(QDataStream &stream, const Id &id) { return stream << id.toBytes(); }

QDataStream &operator>>(QDataStream &stream, Id &id)
{
    QByteArray bytes;
    stream >> bytes;
    id = Id::fromBytes(bytes).value_or(Id {});
    return stream;
}

QDataStream &operator<<(QDataStream &stream, TimePoint time) { return stream << toMilliseconds(time); }

QDataStream &operator>>(QDataStream &stream, TimePoint &time)
{
    qint64 value = 0;
    stream >> value;
    time = fromMilliseconds(value);
    return stream;
}

/// Both directions walk the same list.
void walk(QDataStream &stream, auto &judged, const auto &visit)
{
    auto &user = judged.user;
    visit(stream, judged.line, user.id, user.email, user.name, user.roles, user.emailVerified, user.disabled, user.createdAt,
          user.updatedAt, judged.emailKey, judged.passwordHash);
}

} // namespace

AccountImport::AccountImport(Database &database, const Accounts &accounts, const Registration &registration)
    : m_database(database), m_accounts(accounts), m_registration(registration),
      m_file(QFileInfo(database.path()).path() + u"/import-XXXXXX"_s)
{}

void AccountImport::fault(qint64 line, const QString &field, const QString &message)
{
    if (m_outcome.faults.size() < mostFaults)
        m_outcome.faults += UserImportFault {.line = line, .field = field, .message = message};
    else
        ++m_outcome.moreFaults;
}

Result<void> AccountImport::add(const QList<ImportedUser> &accounts, TimePoint now)
{
    const std::lock_guard lock(m_mutex);
    if (!m_file.isOpen() && !m_file.open())
        return unwritable(m_file);
    for (const ImportedUser &account : accounts) {
        if (const auto judged = judge(account, now); !judged)
            return judged;
    }
    return {};
}

Result<void> AccountImport::judge(const ImportedUser &account, TimePoint now)
{
    if (account.id.isNull())
        fault(account.line, u"id"_s, u"the id is missing, or all zeros"_s);
    if (account.createdAt.value_or(now) > now + std::chrono::days {1})
        fault(account.line, u"created_at"_s, u"the time lies in the future"_s);
    if (account.passwordHash.isEmpty())
        fault(account.line, u"password_hash"_s, u"there is no password hash"_s);
    QList<Fault> faults;
    if (!account.passwordHash.isEmpty())
        faults = m_registration.faultsOf(
            {.email = account.email, .password = {}, .name = account.name, .roles = account.roles, .passwordHash = account.passwordHash});
    for (const Fault &one : faults)
        fault(account.line, one.location.last().toString(), one.message);
    const auto address = EmailAddress::parse(account.email);
    if (!address || isKnownLine(account, address->key))
        return {};
    const auto known = isKnownAccount(account);
    if (!known)
        return refused(known);
    if (*known || !faults.isEmpty() || account.passwordHash.isEmpty())
        return {};
    const TimePoint created = account.createdAt.value_or(now);
    QStringList roles = account.roles;
    roles.removeDuplicates();
    return keep({.line = account.line,
                 .user = {.id = account.id,
                          .email = address->text,
                          .name = tidyName(account.name),
                          .roles = roles,
                          .emailVerified = account.emailVerified,
                          .disabled = account.disabled,
                          .createdAt = created,
                          .updatedAt = now},
                 .emailKey = address->key,
                 .passwordHash = account.passwordHash});
}

bool AccountImport::isKnownLine(const ImportedUser &account, const QString &emailKey)
{
    const Id digest = digestOf(emailKey);
    const qint64 sameEmail = m_lineOfEmail.value(digest);
    if (sameEmail)
        fault(account.line, u"email"_s, u"the same address as line %1"_s.arg(sameEmail));
    const qint64 sameId = account.id.isNull() ? 0 : m_lineOfId.value(account.id);
    if (sameId)
        fault(account.line, u"id"_s, u"the same id as line %1"_s.arg(sameId));
    if (sameEmail || sameId)
        return true;
    m_lineOfEmail.insert(digest, account.line);
    m_lineOfId.insert(account.id, account.line);
    return false;
}

Result<bool> AccountImport::isKnownAccount(const ImportedUser &account)
{
    const auto sameEmail = m_accounts.findByEmail(account.email); // also one that an earlier version stored under another key
    if (!sameEmail)
        return refused(sameEmail);
    if (*sameEmail) {
        m_outcome.skipped += SkippedUser {.line = account.line, .id = (*sameEmail)->id};
        return true;
    }
    const auto sameId = UserStore::findById(m_database.reader(), account.id);
    if (!sameId)
        return refused(sameId);
    if (*sameId)
        fault(account.line, u"id"_s, u"the id is the one of %1"_s.arg((*sameId)->email));
    return sameId->has_value();
}

Result<void> AccountImport::keep(const Judged &one)
{
    QDataStream stream(&m_file);
    walk(stream, one, [](QDataStream &to, const auto &...member) { (to << ... << member); });
    if (stream.status() != QDataStream::Ok)
        return unwritable(m_file);
    ++m_kept;
    return {};
}

Result<UserImport> AccountImport::finish(const ImportOptions &options, const QString &actor, TimePoint now)
{
    const std::lock_guard lock(m_mutex);
    UserImport outcome = m_outcome;
    if (!options.skipExisting) {
        for (const SkippedUser &one : std::exchange(outcome.skipped, {}))
            outcome.faults += UserImportFault {.line = one.line, .field = u"email"_s, .message = u"the address has an account already"_s};
        std::ranges::stable_sort(outcome.faults, {}, &UserImportFault::line);
        outcome.moreFaults += std::max<qint64>(0, outcome.faults.size() - mostFaults);
        outcome.faults.resize(std::min(outcome.faults.size(), mostFaults));
    }
    if (!outcome.faults.isEmpty())
        return outcome;
    outcome.added = m_kept;
    if (options.dryRun || m_kept == 0)
        return outcome;
    const auto done = m_database.write([&](Transaction &transaction) -> Result<void> {
        if (const auto inserted = insertAll(transaction, options, outcome); !inserted)
            return inserted;
        if (outcome.added > 0)
            m_accounts.announceImport(transaction, outcome.added);
        return AuditStore::append(transaction, {.at = now,
                                                .type = audit::usersImported,
                                                .actor = actor,
                                                .details = {{u"added"_s, outcome.added}, {u"skipped"_s, outcome.skipped.size()}}});
    });
    if (!done)
        return refused(done);
    return outcome;
}

Result<void> AccountImport::insertAll(Transaction &transaction, const ImportOptions &options, UserImport &outcome)
{
    if (!m_file.seek(0))
        return unwritable(m_file);
    QDataStream stream(&m_file);
    for (qint64 i = 0; i < m_kept; ++i) {
        Judged one;
        walk(stream, one, [](QDataStream &from, auto &...member) { (from >> ... >> member); });
        if (stream.status() != QDataStream::Ok)
            return unwritable(m_file);
        const auto inserted = UserStore::insert(transaction, one.user, one.emailKey).and_then([&] {
            return PasswordStore::insert(transaction, one.user.id, one.passwordHash, one.user.updatedAt);
        });
        if (inserted)
            continue;
        if (inserted.error().code != ErrorCode::EmailTaken)
            return inserted;
        const auto there = UserStore::findByEmailKey(transaction, one.emailKey);
        if (!there || !*there || !options.skipExisting)
            return refused(ErrorCode::Conflict,
                           u"line %1: the address or the id was taken meanwhile; nothing was imported"_s.arg(one.line));
        outcome.skipped += SkippedUser {.line = one.line, .id = (*there)->id};
        --outcome.added;
    }
    return {};
}

} // namespace warder
