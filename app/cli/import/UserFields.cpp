#include "app/cli/import/UserFields.h"

#include "core/base/Id.h"
#include "core/base/TimeText.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QUuid>

#include <map>

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
        {Id, {u"id"_s, u"userid"_s, u"uuid"_s, u"uid"_s, u"sub"_s}},
        {Email, {u"email"_s, u"emailaddress"_s, u"mail"_s, u"username"_s, u"login"_s}},
        {PasswordHash,
         {u"passwordhash"_s, u"hashedpassword"_s, u"passworddigest"_s, u"encryptedpassword"_s, u"pwhash"_s, u"hash"_s, u"password"_s}},
        {Name, {u"name"_s, u"fullname"_s, u"displayname"_s}},
        {Roles, {u"roles"_s, u"role"_s}},
        {Disabled,
         {u"disabled"_s, u"isdisabled"_s, u"banned"_s, u"isbanned"_s, u"blocked"_s, u"isblocked"_s, u"locked"_s, u"suspended"_s,
          u"deleted"_s, u"isdeleted"_s, u"disabledat"_s, u"bannedat"_s, u"deletedat"_s}},
        {Enabled, {u"enabled"_s, u"isenabled"_s, u"active"_s, u"isactive"_s}},
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
    case Field::Email:        user.email = value.toString(); return;
    case Field::PasswordHash: user.passwordHash = value.toString().trimmed(); return;
    case Field::Name:         user.name = value.toString(); return;
    case Field::Roles:        user.roles = toRoles(value); return;
    case Field::Disabled:
    case Field::Enabled:
        if (const auto flag = toBoolOrTime(value))
            user.disabled = user.disabled || *flag == (field == Field::Disabled);
        else
            fault(field == Field::Disabled ? u"disabled"_s : u"enabled"_s, u"must be true or false"_s);
        return;
    case Field::EmailVerified:
        if (const auto flag = toBoolOrTime(value))
            user.emailVerified = *flag;
        else
            fault(u"email_verified"_s, u"must be true or false, or when it was verified"_s);
        return;
    case Field::CreatedAt:
        user.createdAt = toTime(value);
        if (!user.createdAt)
            fault(u"created_at"_s, u"must be a time such as 2026-11-23T14:03:00Z, or seconds or milliseconds since 1970"_s);
        return;
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
    std::map<Field, std::pair<int, QVariant>> best;
    for (auto one = record.values.cbegin(); one != record.values.cend(); ++one) {
        const auto column = columnFor(one.key());
        if (!column || isNothing(one.value()))
            continue;
        if (column->field == Field::Disabled || column->field == Field::Enabled) // each of them counts
            setField(read, column->field, one.value());
        else if (const auto known = best.find(column->field); known == best.end() || column->rank < known->second.first)
            best[column->field] = {column->rank, one.value()};
    }
    for (const auto &[field, value] : best)
        setField(read, field, value.second);
    if (!best.contains(Field::Id))
        read.user.id = Id::create(m_now);
    return read;
}

} // namespace warder
