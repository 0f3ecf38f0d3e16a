#include "core/imports/UserFields.h"

#include "core/base/Id.h"
#include "core/base/TimeText.h"
#include "core/imports/PasswordColumn.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QUuid>

#include <utility>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestOldId = 255;
constexpr qint64 firstMillisecondsValue = 100'000'000'000; // 1973 in milliseconds, 5138 in seconds

QString withoutMarks(const QString &name)
{
    QString plain = name.toLower();
    plain.removeIf([](QChar c) { return c == u'_' || c == u'-' || c == u' '; });
    return plain;
}

bool isNothing(const QVariant &value)
{
    return value.isNull() || (value.typeId() == QMetaType::QString && value.toString().trimmed().isEmpty());
}

std::optional<bool> toBool(const QVariant &value)
{
    static const QStringList yes {u"true"_s, u"t"_s, u"1"_s, u"yes"_s, u"y"_s, u"on"_s};
    static const QStringList no {u"false"_s, u"f"_s, u"0"_s, u"no"_s, u"n"_s, u"off"_s};
    const QString text = value.toString().trimmed().toLower();
    return yes.contains(text) ? std::optional(true) : no.contains(text) ? std::optional(false) : std::nullopt;
}

/// A time in words, or seconds or milliseconds since 1970.
std::optional<TimePoint> toTime(const QVariant &value)
{
    const QString text = value.toString().trimmed();
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    if (!isNumber)
        return timeFromText(text);
    if (!(number >= 0 && number < 253'402'300'800'000)) // the year 10000
        return std::nullopt;
    return fromMilliseconds(qint64(number < firstMillisecondsValue ? number * 1000 : number));
}

/// "verified", or when it was.
std::optional<bool> toBoolOrTime(const QVariant &value)
{
    const auto flag = toBool(value);
    return flag ? flag : toTime(value).transform([](TimePoint) { return true; });
}

/// A list, JSON's or PostgreSQL's notation of one, or words between commas, semicolons, bars or blanks.
QStringList toRoles(const QVariant &value)
{
    static const QRegularExpression between(u"[,;|\\s{}]+"_s);
    if (value.typeId() == QMetaType::QVariantList || value.typeId() == QMetaType::QStringList)
        return value.toStringList();
    const QString text = value.toString().trimmed();
    if (!text.startsWith(u'['))
        return text.split(between, Qt::SkipEmptyParts);
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    return document.isArray() ? QVariant(document.array().toVariantList()).toStringList() : QStringList {text};
}

QString textOfId(const QVariant &value)
{
    const bool isWhole = value.typeId() == QMetaType::Double && value.toDouble() == double(value.toLongLong());
    return isWhole ? QString::number(value.toLongLong()) : value.toString().trimmed();
}

} // namespace

std::optional<Id> UserFields::idFor(const QVariant &old)
{
    if (old.typeId() == QMetaType::QByteArray && old.toByteArray().size() == 16)
        return Id::fromBytes(old.toByteArray());
    static const QRegularExpression bare(u"\\A[0-9a-fA-F]{32}\\z"_s);
    const QString text = textOfId(old);
    if (text.isEmpty() || text.size() > longestOldId)
        return std::nullopt;
    const QByteArray digits = bare.match(text).hasMatch() ? QByteArray::fromHex(text.toLatin1()) : QByteArray();
    const QUuid uuid = digits.isEmpty() ? QUuid::fromString(text) : QUuid::fromRfc4122(digits);
    static const QRegularExpression zeros(u"\\A\\{?[0-]{32,36}\\}?\\z"_s);
    if (uuid.isNull() && zeros.match(text).hasMatch())
        return std::nullopt;
    static const QUuid urls(u"6ba7b811-9dad-11d1-80b4-00c04fd430c8"_s);
    return Id::fromBytes((uuid.isNull() ? QUuid::createUuidV5(urls, u"warder:user:"_s + text) : uuid).toRfc4122());
}

std::optional<UserFields::Column> UserFields::columnFor(const QString &name)
{
    using enum Field;
    static const QList<std::pair<Field, QStringList>> known {
        {Id, {u"id"_s, u"userid"_s, u"uuid"_s, u"uid"_s, u"localid"_s, u"sub"_s}},
        {Email, {u"email"_s, u"emailaddress"_s, u"mail"_s, u"username"_s, u"login"_s}},
        {PasswordHash, {u"passwordhash"_s, u"hashedpassword"_s, u"passworddigest"_s, u"encryptedpassword"_s, u"pwhash"_s, u"hash"_s}},
        {Password, {u"password"_s}},
        {PlainPassword, {u"plainpassword"_s, u"plaintextpassword"_s, u"cleartextpassword"_s}},
        {Salt, {u"salt"_s, u"passwordsalt"_s}},
        {Name, {u"name"_s, u"fullname"_s, u"displayname"_s}},
        {Roles, {u"roles"_s, u"role"_s}},
        {Disabled,
         {u"disabled"_s, u"isdisabled"_s, u"banned"_s, u"isbanned"_s, u"blocked"_s, u"isblocked"_s, u"locked"_s, u"suspended"_s,
          u"deleted"_s, u"isdeleted"_s, u"disabledat"_s, u"bannedat"_s, u"deletedat"_s}},
        {Enabled, {u"enabled"_s, u"isenabled"_s, u"active"_s, u"isactive"_s}},
        {DisabledUntil, {u"banneduntil"_s, u"disableduntil"_s, u"lockeduntil"_s}},
        {EmailVerified,
         {u"emailverified"_s, u"isemailverified"_s, u"verified"_s, u"isverified"_s, u"emailverifiedat"_s, u"emailconfirmedat"_s,
          u"confirmedat"_s}},
        {CreatedAt, {u"createdat"_s, u"created"_s, u"datejoined"_s, u"registeredat"_s, u"createdon"_s}},
    };
    if (const auto found = m_columns.constFind(name); found != m_columns.cend())
        return *found;
    const QString plain = withoutMarks(name);
    std::optional<Column> column;
    for (const auto &[field, names] : known) {
        if (const auto rank = names.indexOf(plain); rank >= 0)
            column = Column {.field = field, .rank = int(rank)};
    }
    m_columns.insert(name, column);
    return column;
}

QStringList UserFields::unused() const
{
    QStringList names;
    for (auto column = m_columns.cbegin(); column != m_columns.cend(); ++column) {
        if (!column.value())
            names += column.key();
    }
    names.sort();
    return names;
}

void UserFields::setField(Read &into, Field field, const QVariant &value) const
{
    ImportedUser &user = into.user;
    const auto fault = [&](const QString &name, const QString &message) {
        into.faults += UserImportFault {.line = user.line, .field = name, .message = message};
    };
    switch (field) {
    case Field::Id:
        into.oldId = textOfId(value);
        if (const auto id = idFor(value))
            user.id = *id;
        else
            fault(u"id"_s, u"an id has 1 to %1 characters, and not only zeros where it is a UUID"_s.arg(longestOldId));
        return;
    case Field::Email: user.email = value.toString(); return;
    case Field::Name:  user.name = value.toString(); return;
    case Field::Roles: user.roles = toRoles(value); return;
    case Field::CreatedAt:
        user.createdAt = toTime(value);
        if (!user.createdAt)
            fault(u"created_at"_s, u"must be a time such as 2026-11-23T14:03:00Z, or seconds or milliseconds since 1970"_s);
        return;
    case Field::Disabled:
    case Field::Enabled:
    case Field::DisabledUntil:
    case Field::EmailVerified: setFlag(into, field, value); return;
    case Field::PasswordHash:
    case Field::Password:
    case Field::PlainPassword:
    case Field::Salt:          return; // setPassword() looks at all of them
    }
}

void UserFields::setFlag(Read &into, Field field, const QVariant &value) const
{
    ImportedUser &user = into.user;
    const auto fault = [&](const QString &name, const QString &message) {
        into.faults += UserImportFault {.line = user.line, .field = name, .message = message};
    };
    if (field == Field::DisabledUntil) {
        if (const auto until = toTime(value))
            user.disabled = user.disabled || *until > m_now;
        else
            fault(u"banned_until"_s, u"must be a time"_s);
        return;
    }
    const auto flag = toBoolOrTime(value);
    if (field == Field::EmailVerified && flag)
        user.emailVerified = *flag;
    else if (field == Field::EmailVerified)
        fault(u"email_verified"_s, u"must be true or false, or when it was verified"_s);
    else if (flag)
        user.disabled = user.disabled || *flag == (field == Field::Disabled);
    else
        fault(field == Field::Disabled ? u"disabled"_s : u"enabled"_s, u"must be true or false"_s);
}

/// A hash is worth more than a password, since it is the one that its owner last set.
void UserFields::setPassword(Read &into, const Values &values)
{
    const auto valueOf = [&values](Field field) {
        const auto found = values.find(field);
        return found == values.end() ? QString() : found->second.second.toString();
    };
    ImportedUser &user = into.user;
    const QString password = valueOf(Field::Password);
    const bool isHash = PasswordColumn::looksHashed(QStringView(password).trimmed());
    QString hash = valueOf(Field::PasswordHash).trimmed();
    if (hash.isEmpty() && isHash)
        hash = password.trimmed();
    const QString salt = valueOf(Field::Salt).trimmed();
    if (hash.isEmpty()) {
        const QString plain = valueOf(Field::PlainPassword);
        user.password = plain.isEmpty() ? password : plain;
    } else if (!FirebaseParameters::fit(hash, salt)) {
        user.passwordHash = PasswordColumn::withoutPrefix(hash);
    } else if (m_firebase) {
        user.passwordHash = m_firebase->hashFrom(hash, salt);
    } else {
        m_lacksFirebase = true;
        into.faults += UserImportFault {.line = user.line,
                                        .field = u"password_hash"_s,
                                        .message = u"this looks like Firebase's: the hash parameters of its project are needed, too"_s};
    }
}

UserFields::Read UserFields::read(const ImportRecord &record)
{
    Read read {
        .user = {.line = record.line, .id = {}, .email = {}, .name = {}, .roles = {}, .passwordHash = {}}, .oldId = {}, .faults = {}};
    if (!record.problem.isEmpty()) {
        read.faults += UserImportFault {.line = record.line, .field = {}, .message = record.problem};
        return read;
    }
    Values best;
    QStringList names = record.values.keys();
    names.sort(); // of "E-Mail" and "email" one counts, and today the same as yesterday
    for (const QString &name : std::as_const(names)) {
        const auto column = columnFor(name);
        const QVariant value = record.values.value(name);
        if (!column || isNothing(value))
            continue;
        if (column->field == Field::Disabled || column->field == Field::Enabled || column->field == Field::DisabledUntil) // each counts
            setField(read, column->field, value);
        else if (const auto known = best.find(column->field); known == best.end() || column->rank < known->second.first)
            best[column->field] = {column->rank, value};
    }
    for (const auto &[field, value] : best)
        setField(read, field, value.second);
    setPassword(read, best);
    if (!best.contains(Field::Id))
        read.user.id = Id::create(m_now);
    return read;
}

} // namespace warder
