#include "core/console/local/AccountImport.h"

#include "core/accounts/AccountFaults.h"
#include "core/accounts/Accounts.h"
#include "core/accounts/EmailAddress.h"
#include "core/accounts/UserStore.h"
#include "core/base/Text.h"
#include "core/console/local/ImportWriting.h"
#include "core/crypto/Primitives.h"
#include "core/crypto/SecretBytes.h"
#include "core/signin/Registration.h"
#include "core/storage/Database.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QFileInfo>
#include <QScopeGuard>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype mostFaults = 1000;
constexpr qint64 stepsOfPassword = 100; ///< A hash takes as long as so many rows, or longer.

Id digestOf(const QString &emailKey)
{
    return Id::fromBytes(QCryptographicHash::hash(emailKey.toUtf8(), QCryptographicHash::Sha256).first(16)).value_or(Id {});
}

std::unexpected<Error> stoppedMidway() { return refused(ErrorCode::Conflict, u"the import was stopped"_s); }

std::unexpected<Error> unwritable(const QTemporaryFile &file)
{
    return refused(ErrorCode::StorageFailure, u"the accounts cannot be kept beside the database: %1"_s.arg(file.errorString()));
}

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
          user.updatedAt, judged.emailKey, judged.passwordHash, judged.sealedPassword);
}

void writeTo(QDataStream &stream, const auto &judged)
{
    walk(stream, judged, [](QDataStream &to, const auto &...member) { (to << ... << member); });
}

void readFrom(QDataStream &stream, auto &judged)
{
    walk(stream, judged, [](QDataStream &from, auto &...member) { (from >> ... >> member); });
}

} // namespace

AccountImport::AccountImport(Database &database, Accounts &accounts, const Registration &registration)
    : m_database(database), m_accounts(accounts), m_registration(registration),
      m_sealing(VersionedKey {.key = SecretBytes(randomBytes(32))}), m_file(newFile())
{}

std::unique_ptr<QTemporaryFile> AccountImport::newFile() const
{
    return std::make_unique<QTemporaryFile>(QFileInfo(m_database.path()).path() + u"/import-XXXXXX"_s);
}

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
    if (!m_file->isOpen() && !m_file->open())
        return unwritable(*m_file);
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
    const bool hasPassword = !account.passwordHash.isEmpty() || !account.password.isEmpty();
    if (!hasPassword)
        fault(account.line, u"password_hash"_s, u"there is no password hash, and no password"_s);
    QList<Fault> faults;
    if (hasPassword)
        faults = m_registration.faultsOf({.email = account.email,
                                          .password = account.password,
                                          .name = account.name,
                                          .roles = account.roles,
                                          .passwordHash = account.passwordHash});
    for (const Fault &one : faults)
        fault(account.line, one.location.last().toString(), one.message);
    const auto address = EmailAddress::parse(account.email);
    if (!address || isKnownLine(account, address->key))
        return {};
    const auto known = isKnownAccount(account);
    if (!known)
        return refused(known);
    if (*known || !faults.isEmpty() || !hasPassword)
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
                 .passwordHash = account.passwordHash,
                 .sealedPassword = account.passwordHash.isEmpty() ? sealed(account) : QByteArray()});
}

QByteArray AccountImport::sealed(const ImportedUser &account) const
{
    QByteArray bytes = account.password.toUtf8();
    const auto leaving = qScopeGuard([&bytes] { wipe(bytes); });
    return m_sealer.seal(bytes, account.id.toBytes());
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
        m_outcome.skippedUsers += SkippedUser {.line = account.line, .id = (*sameEmail)->id};
        return true;
    }
    const auto sameId = UserStore::findById(m_database.reader(), account.id);
    if (!sameId)
        return refused(sameId);
    if (*sameId)
        fault(account.line, u"id"_s, u"the id is the one of %1"_s.arg((*sameId)->email));
    return sameId->has_value();
}

Result<void> AccountImport::keep(const JudgedUser &one)
{
    QDataStream stream(m_file.get());
    writeTo(stream, one);
    if (stream.status() != QDataStream::Ok)
        return unwritable(*m_file);
    ++m_kept;
    m_passwords += one.sealedPassword.isEmpty() ? 0 : 1;
    return {};
}

/// What was found when they were added; of a dry run the outcome.
UserImport AccountImport::judgement(const ImportOptions &options) const
{
    UserImport outcome = m_outcome;
    if (!options.skipExisting) {
        for (const SkippedUser &one : std::exchange(outcome.skippedUsers, {}))
            outcome.faults += UserImportFault {.line = one.line, .field = u"email"_s, .message = u"the address has an account already"_s};
        std::ranges::stable_sort(outcome.faults, {}, &UserImportFault::line);
        outcome.moreFaults += std::max<qint64>(0, outcome.faults.size() - mostFaults);
        outcome.faults.resize(std::min(outcome.faults.size(), mostFaults));
    }
    outcome.skipped = outcome.skippedUsers.size();
    if (!options.listSkipped)
        outcome.skippedUsers.clear();
    if (outcome.faults.isEmpty()) {
        outcome.added = m_kept;
        outcome.passwords = m_passwords;
    }
    return outcome;
}

Result<UserImport> AccountImport::finish(const ImportOptions &options, const QString &actor, const Clock &clock, const GoesOn &goesOn)
{
    const std::lock_guard lock(m_mutex);
    const UserImport judged = judgement(options);
    if (options.dryRun || judged.added == 0)
        return judged;
    const qint64 before = m_passwords * stepsOfPassword;
    const qint64 all = before + m_kept;
    const StepsOn goesOnFrom = [&goesOn, all](qint64 done) { return !goesOn || goesOn(done, all); };
    const StepsOn writesOn = [&goesOnFrom, before](qint64 written) { return goesOnFrom(before + written); };
    ImportWriting writing(m_database, m_accounts, {.options = options, .actor = actor, .clock = clock}, judged, m_kept);
    if (const auto done = hashAll(goesOnFrom).and_then([&] { return insertAll(writing, writesOn); }); !done)
        return writing.takeBack(done.error());
    return writing.outcome();
}

/// Puts a file with hashes in the place of the one with passwords.
Result<void> AccountImport::hashAll(const StepsOn &goesOn)
{
    if (m_passwords == 0)
        return {};
    auto hashed = newFile();
    if (!hashed->open() || !m_file->seek(0))
        return unwritable(*hashed);
    QDataStream from(m_file.get());
    QDataStream to(hashed.get());
    qint64 passwords = 0;
    for (qint64 i = 0; i < m_kept; ++i) {
        JudgedUser one;
        readFrom(from, one);
        if (!one.sealedPassword.isEmpty()) {
            if (!goesOn(passwords++ * stepsOfPassword))
                return stoppedMidway();
            if (const auto done = hashPassword(one); !done)
                return done;
        }
        writeTo(to, one);
        if (from.status() != QDataStream::Ok || to.status() != QDataStream::Ok)
            return unwritable(*hashed);
    }
    m_file = std::move(hashed);
    m_passwords = 0;
    return {};
}

Result<void> AccountImport::hashPassword(JudgedUser &one) const
{
    const auto plain = m_sealer.open(one.sealedPassword, one.user.id.toBytes());
    if (!plain)
        return refused(plain);
    QString password = fromUtf8(plain->view()).value_or(QString());
    const auto leaving = qScopeGuard([&password] { wipe(password); });
    const auto hash = m_registration.hashOf(password); // it was judged with what stood beside it in the file
    if (!hash)
        return refused(hash.error().code, u"line %1: the password cannot be hashed: %2"_s.arg(one.line).arg(hash.error().detail));
    one.passwordHash = *hash;
    one.sealedPassword.clear();
    return {};
}

Result<void> AccountImport::insertAll(ImportWriting &writing, const StepsOn &goesOn)
{
    if (!m_file->seek(0))
        return unwritable(*m_file);
    QDataStream stream(m_file.get());
    for (qint64 done = 0; done < m_kept; done += ImportWriting::writtenAtOnce) {
        if (!goesOn(done))
            return stoppedMidway();
        const auto piece = next(stream, std::min(ImportWriting::writtenAtOnce, m_kept - done));
        if (!piece)
            return refused(piece);
        if (const auto inserted = writing.insert(*piece); !inserted)
            return inserted;
    }
    return {};
}

Result<QList<JudgedUser>> AccountImport::next(QDataStream &stream, qint64 count) const
{
    QList<JudgedUser> piece(count);
    for (JudgedUser &one : piece)
        readFrom(stream, one);
    if (stream.status() != QDataStream::Ok)
        return unwritable(*m_file);
    return piece;
}

} // namespace warder
